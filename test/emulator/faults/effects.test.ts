import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import type { Effect } from '../../../src/emulator/index.js';
import { ExampleOrg, purchase } from '../loyalty/exampleProgram.js';
import { RestClient, seedProgram, sourceKey } from '../restClient.js';
import { ManualClock } from './manualClock.js';

describe('The effect log', () => {
  it('has every committed change in order, with its transaction, its time and its keys', async () => {
    const clock = new ManualClock();
    await using org = await ExampleOrg.start({ clock, effects: true });
    await org.withMembers('M-1', 'M-2');
    const { effects } = org.emulator;
    const before = effects.total;
    await clock.advance(1500);
    await org.execute([
      purchase('M-1', 10, { ExternalTransactionNumber: 'a' }),
      purchase('M-2', 20, { ExternalTransactionNumber: 'b' }),
    ]);
    const log = effects.after(before);
    expect(log.map(({ sequence }) => sequence)).to.deep.equal(log.map((_, index) => before + index + 1));
    expect(new Set(log.map(({ transaction }) => transaction)).size).to.equal(1);
    expect(new Set(log.map(({ at }) => at))).to.deep.equal(new Set(['2026-04-03T08:00:01.500Z']));
    const journals = log.filter(({ object }) => object === 'TransactionJournal');
    const memberIds = [await org.memberId('M-1'), await org.memberId('M-2')];
    expect(journals.map(({ operation, fields }) => ({ operation, fields }))).to.deep.equal([
      { operation: 'insert', fields: { ExternalTransactionNumber: 'a', MemberId: memberIds[0] } },
      { operation: 'insert', fields: { ExternalTransactionNumber: 'b', MemberId: memberIds[1] } },
    ]);
    expect(log.filter(({ object }) => object === 'LoyaltyLedger')).to.have.length(4);
    await org.execute([purchase('M-1', 10)]);
    expect([...effects].at(-1)).to.include({ transaction: log[0]!.transaction + 1 });
  });

  it('has no changes that were undone, as a whole or in part', async () => {
    await using org = await Emulator.start({ effects: true });
    const { memberId } = seedProgram(org);
    const journal = { MemberId: memberId, ActivityDate: '2026-04-03' };
    const { store, effects } = org;
    const before = effects.total;
    const failing = (): never => {
      throw new Error('no');
    };
    expect(() => {
      store.transaction(() => {
        store.insert('TransactionJournal', journal);
        failing();
      });
    }).to.throw('no');
    expect(effects.total).to.equal(before);
    store.transaction(() => {
      store.insert('TransactionJournal', { ...journal, ExternalTransactionNumber: 'kept' });
      expect(() => {
        store.transaction(() => {
          store.insert('TransactionJournal', { ...journal, ExternalTransactionNumber: 'undone' });
          failing();
        });
      }).to.throw('no');
      expect(effects.total).to.equal(before);
    });
    expect(effects.after(before).map(({ fields }) => fields['ExternalTransactionNumber'])).to.deep.equal(['kept']);
  });

  it('has the rows of a create, an update and a delete with its children', async () => {
    await using org = await Emulator.start({
      effects: true,
      customFields: sourceKey,
      settings: { allowJournalDeletion: true },
    });
    const { memberId } = seedProgram(org);
    const client = new RestClient(org);
    const before = org.effects.total;
    const values = { MemberId: memberId, ActivityDate: '2026-04-03', Src_Key__c: 'k1' };
    const id = await client.create('TransactionJournal', values);
    await client.patch(`/sobjects/TransactionJournal/${id}`, { Comment: 'x' });
    await client.delete(`/sobjects/TransactionJournal/${id}`);
    const object = 'TransactionJournal';
    expect(
      org.effects.after(before).map(({ object, operation, id, fields }) => ({ object, operation, id, fields })),
    ).to.deep.equal([
      { object, operation: 'insert', id, fields: { MemberId: memberId, Src_Key__c: 'k1' } },
      { object, operation: 'update', id, fields: {} },
      { object, operation: 'delete', id, fields: {} },
    ]);
  });

  it('agrees with the rows', async () => {
    await using org = await ExampleOrg.start({ effects: true });
    await org.withMembers('M-1', 'M-2');
    await org.execute([purchase('M-1', 10), purchase('M-2', 20)]);
    for (const object of ['TransactionJournal', 'LoyaltyLedger', 'LoyaltyProgramMember', 'LoyaltyMemberTier']) {
      const inserted = [...org.emulator.effects].filter(
        (each) => each.object === object && each.operation === 'insert',
      );
      expect(inserted.map(({ id }) => id)).to.have.members(org.emulator.store.find(object, {}).map((row) => row.Id));
    }
  });

  it('keeps the configured number of effects and fields', async () => {
    const effects = { limit: 10, fields: { Account: ['Name'] } };
    await using org = await Emulator.start({ effects });
    const before = org.effects.total;
    for (let index = 1; index <= 35; index++) org.store.insert('Account', { Name: `A${index}` });
    expect(org.effects.total).to.equal(before + 35);
    const names = (log: Iterable<Effect>): unknown[] => [...log].map(({ fields }) => fields['Name']);
    const last = Array.from({ length: 10 }, (_, index) => `A${26 + index}`);
    expect(names(org.effects)).to.deep.equal(last);
    expect(names(org.effects.after(0))).to.deep.equal(last);
    expect(names(org.effects.after(before + 33))).to.deep.equal(['A34', 'A35']);
    expect(names(org.effects.after(before + 35))).to.deep.equal([]);
  });

  it('is not kept by default', async () => {
    await using org = await Emulator.start();
    expect(() => org.effects).to.throw(/effects: true/);
  });
});
