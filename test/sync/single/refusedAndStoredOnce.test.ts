import { expect } from 'chai';
import { fakeConnection, LoyaltyClient } from '../../../src/client/index.js';
import type { KeyedCalls } from '../../../src/outbox/index.js';
import { applyRewardsOnce } from '../../../src/sync/keyed/applyRewardsOnce.js';
import { executeTransaction } from '../../../src/sync/keyed/executeTransaction.js';
import { processedJournal, recordsOfMember } from './oneMember.js';

const transaction = { program: 'Harbour Rewards', member: 'A1', amount: '42.50', journalType: 'Accrual' };
const calls: KeyedCalls = { find: async () => undefined, begin: async () => true, end: async () => undefined };

/** An org that stores what it is sent and refuses the request nevertheless. */
function orgThatStores(): LoyaltyClient {
  let isStored = false;
  const connection = fakeConnection(({ query }) => {
    const soql = query['q'];
    if (soql === undefined) {
      isStored = true;
      return { status: 400, body: [{ errorCode: 'RULE_FAILED', message: 'The rule Weekend failed.' }] };
    }
    const table = / FROM (\w+)/.exec(soql)?.[1] ?? '';
    const records =
      table === 'TransactionJournal' ? [processedJournal].filter(() => isStored) : [recordsOfMember[table]];
    return { body: { totalSize: records.length, done: true, records } };
  });
  return new LoyaltyClient(connection);
}

describe('journals with a key that the org has stored although it refused the request', () => {
  const found = { status: 'done', answer: { points: null, journalId: processedJournal.Id, vouchers: [] } };

  it('are done if they were executed', async () => {
    expect(await executeTransaction(orgThatStores(), transaction, { calls, key: 'k' })).to.deep.equal(found);
  });

  it('are done if they were stored with the rewards of an order', async () => {
    const { program, member } = transaction;
    const journals = [{ ActivityDate: '2026-04-03T08:30:00Z', TransactionAmount: '42.50' }];
    const applied = await applyRewardsOnce(orgThatStores(), { program, member, journals }, { calls, key: 'k' });
    expect(applied).to.deep.equal({ status: 'done', answer: { rewards: null, journalIds: [processedJournal.Id] } });
  });
});
