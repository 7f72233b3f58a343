import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import { programName } from '../loyalty/exampleProgram.js';
import { FaultyOrg, seen } from './faultyOrg.js';

const locked = '400 UNABLE_TO_LOCK_ROW';

describe('Row locks', () => {
  let org: FaultyOrg;

  beforeEach(async () => {
    org = await FaultyOrg.start();
  });

  afterEach(() => org[Symbol.asyncDispose]());

  /** A request that holds its rows for so long, on its way. */
  async function slow(milliseconds: number, ...journals: string[]): Promise<Promise<string>[]> {
    org.plan({ fault: 'latency', milliseconds, count: 1 });
    const sent = org.send(...journals);
    await org.clock.sleepers(1);
    return [sent];
  }

  it('a second writer of a member waits for the first', async () => {
    const [first] = await slow(6000, 'first@M-1');
    const second = org.send('second@M-1');
    await org.clock.sleepers(2);
    await org.clock.advance(5999);
    expect(org.committed).to.deep.equal([]);
    await org.clock.advance(1);
    expect(await Promise.all([first, second])).to.deep.equal(['200', '200']);
    expect(org.committed).to.deep.equal(['first', 'second']);
    expect(await org.org.balances('M-1')).to.deep.equal({ Miles: 20, Stars: 20 });
    expect(org.emulator.locks.isIdle).to.equal(true);
  });

  it('a writer waits up to 10 seconds', async () => {
    const [first] = await slow(20_000, 'first@M-1');
    const second = org.send('second@M-1');
    await org.clock.sleepers(2);
    await org.clock.advance(9999);
    expect(org.committed).to.deep.equal([]);
    await org.clock.advance(1);
    expect(await second).to.equal(locked);
    await org.clock.advance(10_000);
    expect(await first).to.equal('200');
    expect(org.committed).to.deep.equal(['first']);
  });

  it('a writer waits as long as the setting says', async () => {
    org.emulator.locks.wait = 0;
    const [first] = await slow(20_000, 'first@M-1');
    expect(await org.send('second@M-1')).to.equal(locked);
    await org.clock.advance(20_000);
    expect(await first).to.equal('200');
  });

  it('one held member delays all journals of a request, which are stored together', async () => {
    const [first] = await slow(20_000, 'first@M-1');
    const second = org.send('second@M-2', 'third@M-1', 'fourth@M-3');
    await org.clock.sleepers(2);
    await org.clock.advance(10_000);
    expect(await second).to.equal(locked);
    await org.clock.advance(10_000);
    await first;
    expect(org.committed).to.deep.equal(['first']);
  });

  it('writes of other members, and reads, do not wait', async () => {
    const [first] = await slow(20_000, 'first@M-1');
    expect(await org.send('second@M-2')).to.equal('200');
    expect(await org.org.count('TransactionJournal')).to.equal(1);
    await org.clock.advance(20_000);
    expect(await first).to.equal('200');
    expect(org.committed).to.deep.equal(['second', 'first']);
  });

  it('the second of two slow writers of a member works after the first', async () => {
    org.plan({ fault: 'latency', milliseconds: 4000, count: 2 });
    const both = [org.send('first@M-1'), org.send('second@M-1')];
    await org.clock.sleepers(2);
    await org.clock.advance(4000);
    expect(org.committed).to.have.length(1);
    await org.clock.sleepers(1);
    await org.clock.advance(4000);
    expect(await Promise.all(both)).to.deep.equal(['200', '200']);
    expect(org.committed).to.have.length(2);
  });

  it('slow writers that wait for the same row work one after the other', async () => {
    const hold = org.emulator.locks.hold([await org.org.memberId('M-1')]);
    org.plan({ fault: 'latency', milliseconds: 3000, count: 3 });
    const all = ['first', 'second', 'third'].map((name) => org.send(`${name}@M-1`));
    await org.clock.sleepers(3);
    hold.release();
    for (const committed of [1, 2, 3]) {
      // Those that are woken take the row or go on waiting.
      await nextTurn();
      await org.clock.advance(3000);
      expect(org.committed).to.have.length(committed);
    }
    expect(await Promise.all(all)).to.deep.equal(['200', '200', '200']);
  });

  it('a request whose client has disconnected holds its rows too', async () => {
    org.plan({ fault: 'lateCommit', milliseconds: 20_000, count: 1 });
    expect(await org.send('late@M-1')).to.equal('reset');
    await org.clock.sleepers(1);
    const second = org.send('second@M-1');
    await org.clock.sleepers(2);
    await org.clock.advance(10_000);
    expect(await second).to.equal(locked);
    await org.clock.advance(10_000);
    expect(org.committed).to.deep.equal(['late']);
  });

  it('a refused write is refused after its planned time, and then holds no rows', async () => {
    org.plan({ fault: 'latency', milliseconds: 4000, count: 1 });
    const sent = org.send('x@Nobody');
    await org.clock.sleepers(1);
    await org.clock.advance(4000);
    expect(await sent).to.equal('failed');
    expect(org.emulator.locks.isIdle).to.equal(true);
  });

  it('a row is locked for all writers: directly, through a child, or through an action, each with its own error', async () => {
    org.emulator.locks.wait = 0;
    const memberId = await org.org.memberId('M-1');
    const hold = org.emulator.locks.hold([memberId.slice(0, 15)]);
    const message = `unable to obtain exclusive access to this record or 1 records: ${memberId}`;
    const row = await org.org.api.patch(`/sobjects/LoyaltyProgramMember/${memberId}`, { MemberStatus: 'Inactive' });
    expect(row.status).to.equal(400);
    expect(row.body).to.deep.equal([{ message, errorCode: 'UNABLE_TO_LOCK_ROW', fields: [] }]);
    const child = { MemberId: memberId, ActivityDate: '2026-04-03' };
    expect((await org.org.api.post('/sobjects/TransactionJournal', child)).body[0].message).to.equal(message);
    const action = await org.advance(memberId);
    expect(action.status).to.equal(400);
    expect(action.body[0]).to.deep.include({ isSuccess: false });
    expect(action.body[0].errors[0]).to.include({ statusCode: 'UNABLE_TO_LOCK_ROW', message });
    org.org.addProcess('CreditPointsToMembers');
    const process = await org.org.process('CreditPointsToMembers', {
      PointsToCredit: 5,
      TransactionJournal: { MembershipNumber: 'M-1', ActivityDate: '2026-04-03T10:00:00Z' },
    });
    expect(process.body).to.include({ status: false, message: `UNABLE_TO_LOCK_ROW: ${message}` });
    hold.release();
    expect((await org.advance(memberId)).status).to.equal(200);
  });

  it('an update holds the parents of the stored row', async () => {
    org.emulator.locks.wait = 0;
    await org.send('a@M-1');
    const [journal] = await org.org.rows('SELECT Id, MemberId FROM TransactionJournal');
    org.emulator.locks.hold([String(journal?.['MemberId'])]);
    const path = `/sobjects/TransactionJournal/${String(journal?.['Id'])}`;
    expect((await org.org.api.patch(path, { Comment: 'x' })).body[0].errorCode).to.equal('UNABLE_TO_LOCK_ROW');
    const [currency] = await org.org.rows('SELECT Id FROM LoyaltyMemberCurrency');
    const before = await org.org.count('LoyaltyMemberCurrency');
    const detail = `/sobjects/LoyaltyMemberCurrency/${String(currency?.['Id'])}`;
    expect((await org.org.api.delete(detail)).body[0].errorCode).to.equal('UNABLE_TO_LOCK_ROW');
    expect(await org.org.count('LoyaltyMemberCurrency')).to.equal(before);
  });

  it('writes that set up the org ignore locks', async () => {
    const memberId = await org.org.memberId('M-1');
    org.emulator.locks.hold([memberId]);
    org.emulator.store.update('LoyaltyProgramMember', memberId, { MemberStatus: 'Inactive' });
    expect(org.emulator.store.get('LoyaltyProgramMember', memberId)).to.include({ MemberStatus: 'Inactive' });
  });

  it('a request that waits when the org ends writes nothing', async () => {
    org.emulator.locks.hold([await org.org.memberId('M-1')]);
    const sent = org.send('a@M-1');
    await org.clock.sleepers(1);
    await org.emulator.stop();
    expect(await sent).to.equal('reset');
    expect(org.committed).to.deep.equal([]);
  });

  it('background work can wait for rows as requests do', async () => {
    const memberId = await org.org.memberId('M-1');
    const hold = org.emulator.locks.hold([memberId]);
    const { store, locks } = org.emulator;
    const work = locks.run(async () =>
      store.insert('TransactionJournal', { MemberId: memberId, ActivityDate: '2026-04-03' }),
    );
    await org.clock.sleepers(1);
    expect(store.count('TransactionJournal')).to.equal(0);
    hold.release();
    expect(await work).to.match(/^0lV/);
    expect(store.count('TransactionJournal')).to.equal(1);
    expect(await seen(org.client.programs.find(programName))).to.equal('200');
  });
});
