import { expect } from 'chai';
import { creditPoints, debitPoints, KeyConflictError, SqliteOutbox } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { openShop } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';

describe('debitPoints', () => {
  let shop: Shop;
  let outbox: SqliteOutbox;
  const movement = { program: 'Harbour Rewards', member: 'HR-100001', activityDate: '2026-04-03T08:00:00Z' };

  before(async () => {
    shop = await openShop({ members: 1, settings: {} });
  });
  after(() => shop[Symbol.asyncDispose]());

  /** Another machine each time. */
  beforeEach(() => {
    outbox = SqliteOutbox.inMemory();
  });
  afterEach(() => outbox.close());

  const credit = (key: string, points: number) =>
    creditPoints(shop.client, { ...movement, points }, { key, calls: outbox.calls });
  const debit = (key: string, points: number) =>
    debitPoints(shop.client, { ...movement, points }, { key, calls: outbox.calls });

  it('debits by a redemption that has the key, and is known on another machine', async () => {
    await credit('a', 50);
    expect(await debit('b', 20)).to.deep.equal({ status: 'done', answer: { pointsDebited: 20 } });
    const journal = shop.org.store.first('TransactionJournal', { ExternalTransactionNumber: 'b' });
    const type = shop.org.store.first('JournalType', { Name: 'Redemption' });
    expect(journal).to.include({ JournalTypeId: type?.Id, Status: 'Processed' });
    await outbox.close();
    outbox = SqliteOutbox.inMemory();
    expect(await debit('b', 20)).to.deep.equal({ status: 'known', answer: { pointsDebited: null } });
  });

  it('takes no credit of the same number of points for itself', async () => {
    const error = await failureOf(debit('a', 50));
    expect(error).to.be.instanceOf(KeyConflictError);
    expect((error as Error).message).to.include('with 50 points');
    expect(await failureOf(credit('b', 20))).to.be.instanceOf(KeyConflictError);
    expect(await failureOf(debit('b', 21))).to.be.instanceOf(KeyConflictError);
  });
});
