import { expect } from 'chai';
import { FaultyOrg } from './faultyOrg.js';

/** One of the rows is held: what becomes of the request in which it stands. */
describe('Row locks in a request of several rows', () => {
  let org: FaultyOrg;
  let held: string;
  let free: string;

  beforeEach(async () => {
    org = await FaultyOrg.start();
    [held, free] = [await org.org.memberId('M-1'), await org.org.memberId('M-2')];
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const journal = (MemberId: string, ExternalTransactionNumber: string) => {
    return { MemberId, ExternalTransactionNumber, ActivityDate: '2026-04-03' };
  };
  const records = () =>
    [journal(free, 'a'), journal(held, 'b'), journal(free, 'c')].map((record) => {
      return { attributes: { type: 'TransactionJournal' }, ...record };
    });
  const collection = (allOrNone: boolean) => org.org.api.post('/composite/sobjects', { allOrNone, records: records() });

  it('a collection waits as a whole, and writes its rows in one step', async () => {
    const hold = org.emulator.locks.hold([held]);
    const sent = collection(false);
    await org.clock.sleepers(1);
    expect(org.committed).to.deep.equal([]);
    hold.release();
    expect((await sent).body.map(({ success }: { success: boolean }) => success)).to.deep.equal([true, true, true]);
    expect(org.committed).to.deep.equal(['a', 'b', 'c']);
  });

  it('a collection that has waited refuses only the row that is held', async () => {
    org.emulator.locks.wait = 0;
    org.emulator.locks.hold([held]);
    const { status, body } = await collection(false);
    expect(status).to.equal(200);
    expect(body.map(({ errors }: { errors: { statusCode: string }[] }) => errors[0]?.statusCode)).to.deep.equal([
      undefined,
      'UNABLE_TO_LOCK_ROW',
      undefined,
    ]);
    expect(org.committed).to.deep.equal(['a', 'c']);
  });

  it('with allOrNone, a held row refuses all rows', async () => {
    org.emulator.locks.wait = 0;
    org.emulator.locks.hold([held]);
    const { body } = await collection(true);
    expect(body[1].errors[0].statusCode).to.equal('UNABLE_TO_LOCK_ROW');
    expect(org.committed).to.deep.equal([]);
  });

  const composite = (allOrNone: boolean) => {
    const url = '/services/data/v66.0/sobjects/TransactionJournal';
    const compositeRequest = ['a', 'b'].map((number) => {
      return { method: 'POST', url, referenceId: number, body: journal(number === 'a' ? free : held, number) };
    });
    return org.org.api.post('/composite', { allOrNone, compositeRequest });
  };

  it('a composite request waits as a whole', async () => {
    const hold = org.emulator.locks.hold([held]);
    const sent = composite(true);
    await org.clock.sleepers(1);
    hold.release();
    const { body } = await sent;
    expect(body.compositeResponse.map((each: { httpStatusCode: number }) => each.httpStatusCode)).to.deep.equal([
      201, 201,
    ]);
    expect(org.committed).to.deep.equal(['a', 'b']);
  });

  it('a slow composite request holds all its rows', async () => {
    org.emulator.locks.wait = 0;
    const rule = { fault: 'latency', milliseconds: 3000, count: 1, match: { path: '/composite' } } as const;
    org.emulator.faults.add(rule);
    const sent = composite(true);
    await org.clock.sleepers(1);
    expect(await org.send('x@M-1')).to.equal('400 UNABLE_TO_LOCK_ROW');
    expect(await org.send('y@M-2')).to.equal('400 UNABLE_TO_LOCK_ROW');
    expect(await org.send('z@M-3')).to.equal('200');
    await org.clock.advance(3000);
    expect((await sent).status).to.equal(200);
    expect(org.committed).to.deep.equal(['z', 'a', 'b']);
  });

  it('in a composite request without allOrNone, the other parts are kept', async () => {
    org.emulator.locks.wait = 0;
    org.emulator.locks.hold([held]);
    const { body } = await composite(false);
    expect(body.compositeResponse.map((each: { httpStatusCode: number }) => each.httpStatusCode)).to.deep.equal([
      201, 400,
    ]);
    expect(org.committed).to.deep.equal(['a']);
  });

  it('half of a collection can be kept although the answer is an error', async () => {
    org.emulator.faults.add({ fault: 'partial', first: 2, count: 1, match: { path: '/composite/sobjects' } });
    expect((await collection(false)).status).to.equal(500);
    expect(org.committed).to.deep.equal(['a', 'b']);
  });
});
