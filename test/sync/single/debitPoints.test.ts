import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { LoyaltyClient } from '../../../src/client/index.js';
import { creditPoints, debitPoints, KeyConflictError, SqliteOutbox } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { splitRow } from '../../support/ledgerRows.js';
import { openShop } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';
import { Relay } from '../../support/cliRelay.js';

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

  it('is known on another machine if the org has split it over several ledger rows', async () => {
    await credit('split-1', 30);
    await debit('split-2', 25);
    splitRow(shop.org.store, shop.org.store.first('TransactionJournal', { ExternalTransactionNumber: 'split-2' })?.Id);
    await outbox.close();
    outbox = SqliteOutbox.inMemory();
    expect(await debit('split-2', 25)).to.include({ status: 'known' });
    expect(await failureOf(debit('split-2', 24)), 'one row of it').to.be.instanceOf(KeyConflictError);
  });

  it('takes no credit of the same number of points for itself', async () => {
    const error = await failureOf(debit('a', 50));
    expect(error).to.be.instanceOf(KeyConflictError);
    expect((error as Error).message).to.include('with 50 points');
    expect(await failureOf(credit('b', 20))).to.be.instanceOf(KeyConflictError);
    expect(await failureOf(debit('b', 21))).to.be.instanceOf(KeyConflictError);
  });

  it('debits once under a key with white space at its ends, which the org strips', async () => {
    await credit('c', 50);
    expect(await debit(' order 7\t', 10)).to.include({ status: 'done' });
    await outbox.close();
    outbox = SqliteOutbox.inMemory();
    expect(await debit(' order 7\t', 10)).to.include({ status: 'known' });
    expect(await debit('order 7', 10)).to.include({ status: 'done' });
  });

  it('is refused where the process succeeds and does nothing, and debits after that under the same key', async () => {
    const empty = { outputParameters: { outputParameters: { results: [{}] } }, status: true, message: null };
    const answer = { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(empty) };
    await using relay = await Relay.open(shop.org, {
      before: ({ url }) => (url.includes('/program-processes/') ? answer : undefined),
    });
    const { url: instanceUrl, accessToken } = relay;
    const client = new LoyaltyClient(new Connection({ instanceUrl, accessToken, version: '66.0' }));
    const ended = await debitPoints(client, { ...movement, points: 5 }, { key: 'd', calls: outbox.calls });
    expect(ended).to.have.property('status', 'refused');
    expect(ended)
      .to.have.nested.property('failure.message')
      .that.matches(/succeeded, but .* no journal .* d\b/);
    expect(await debit('d', 5)).to.deep.equal({ status: 'done', answer: { pointsDebited: 5 } });
  });
});
