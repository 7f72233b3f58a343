import { expect } from 'chai';
import { fakeConnection, LoyaltyClient } from '../../../src/client/index.js';
import type { KeyedCalls } from '../../../src/outbox/index.js';
import { applyRewardsOnce } from '../../../src/sync/keyed/applyRewardsOnce.js';
import { findOrder } from '../../../src/sync/keyed/findOrder.js';
import { failureOf } from '../../client/loopback.js';
import { recordsOfMember } from './oneMember.js';

const order = {
  ...{ key: 'k', number: 'k', program: 'Harbour Rewards', member: 'A1' },
  journals: [5, '7.50'].map((TransactionAmount) => ({ ActivityDate: '2026-04-03T08:30:00Z', TransactionAmount })),
};
const stored = {
  ...{ ExternalTransactionNumber: 'k', Status: 'Processed', ErrorDescription: null, JournalType: null },
  ...{ MemberId: '0lMAb0000000001AAA', LoyaltyProgramId: '0lpAb0000000001' },
};
const first = { ...stored, Id: '0lVAb0000000001AAA', TransactionAmount: 7.5 };
const second = { ...stored, Id: '0lVAb0000000002AAA', TransactionAmount: 5 };

function orgWith(journals: readonly object[]): LoyaltyClient {
  const connection = fakeConnection(({ query }) => {
    const table = / FROM (\w+)/.exec(query['q'] ?? '')?.[1] ?? '';
    const records = table === 'TransactionJournal' ? journals : [recordsOfMember[table]];
    return { body: { totalSize: records.length, done: true, records } };
  });
  return new LoyaltyClient(connection);
}

describe('findOrder', () => {
  it('finds the journals of an order in any order', async () => {
    expect(await findOrder(orgWith([first, second]), order)).to.deep.equal([first.Id, second.Id]);
  });

  it('finds nothing where there is no journal, or only failed ones', async () => {
    expect(await findOrder(orgWith([]), order)).to.equal(undefined);
    expect(await findOrder(orgWith([{ ...first, Status: 'Error' }]), order)).to.equal(undefined);
  });

  for (const [what, journals] of [
    ['fewer journals', [first]],
    ['another amount', [first, { ...second, TransactionAmount: 6 }]],
    ['a journal that was not run', [first, { ...second, Status: 'Pending' }]],
    ['another member', [first, { ...second, MemberId: '0lMAb0000000002AAA' }]],
    ['another program', [first, { ...second, LoyaltyProgramId: '0lpAb0000000002AAA' }]],
  ] as const) {
    it(`does not take ${what} for it`, async () => {
      const error = await failureOf(findOrder(orgWith(journals), order));
      expect(error).to.include({ name: 'KeyConflictError', key: 'k' });
    });
  }
});

describe('applyRewardsOnce', () => {
  for (const [version, mode] of [
    ['65.0', {}],
    ['66.0', { journalCreationMode: 'CreateTransactionJournal' }],
  ] as const) {
    it(`sends the key as the number of each journal, and the mode that version ${version} has`, async () => {
      const connection = fakeConnection(({ path }) =>
        path.endsWith('/promotion-reward')
          ? { body: { transactionJournalList: [{ id: first.Id }, { id: second.Id }] } }
          : { body: { totalSize: 0, done: true, records: [] } },
      );
      const calls: KeyedCalls = { find: async () => undefined, begin: async () => true, end: async () => undefined };
      const client = new LoyaltyClient(connection, { apiVersion: version });
      const result = await applyRewardsOnce(client, { ...order, checksCoupons: true }, { calls, key: 'k' });
      expect(result).to.deep.include({ status: 'done' }).and.to.have.nested.property('answer.journalIds[1]', second.Id);
      const { body } = connection.requests.find(({ path }) => path.endsWith('/promotion-reward')) ?? {};
      expect(body).to.deep.equal({
        ...{ ...mode, shouldCheckCouponUsageLimit: true },
        transactionJournalList: order.journals.map((journal) => ({ ...journal, ExternalTransactionNumber: 'k' })),
      });
    });
  }
});
