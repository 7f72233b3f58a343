import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { setImmediate } from 'node:timers/promises';
import { fakeConnection, LoyaltyApiError, LoyaltyClient } from '../../../src/client/index.js';
import { deliverInbox, openInbox, openSharedOutbox, StandbySending } from '../../../src/sync/index.js';
import type { SyncReport } from '../../../src/sync/index.js';
import { sale } from '../../door/openDoor.js';
import { openShop } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';
import { Relay } from '../../support/cliRelay.js';
import type { Call, RelayHooks } from '../../support/cliRelay.js';
import { PostgresServer } from '../../support/postgresServer.js';

const members = 20;

const cut = ({ isJournals }: Call): unknown => (isJournals ? 'cut' : undefined);
const answered = (status: number, errorCode: string) => ({
  before: ({ isJournals }: Call): unknown => isJournals && { status, errorCode, message: 'No.' },
});
const page = {
  status: 403,
  headers: { 'content-type': 'text/html' },
  body: '<html>Forbidden</html>',
};

describe('a standby that sends for the active worker', function () {
  // On a slow machine, a standby may be too late for its first request. Then it rests for a minute.
  this.timeout(180_000);

  let shop: Shop;
  let server: PostgresServer;
  let latest = 0;

  before(async () => {
    [shop, server] = await Promise.all([openShop({ members }), PostgresServer.start()]);
  });

  after(() => Promise.all([shop, server].map((each) => each[Symbol.asyncDispose]())));

  const sales = (count: number) =>
    Array.from({ length: count }, () => sale(`${++latest}`, `HR-${100_001 + (latest % members)}`));

  const clientOf = ({ url }: Relay): LoyaltyClient => {
    const { accessToken } = shop.org;
    return new LoyaltyClient(new Connection({ instanceUrl: url, accessToken, version: '66.0' }));
  };

  /**
   * Delivers 60 transactions from one machine with one connection, for which a standby sends with another one. From its
   * fifth request on, that machine waits until the standby has sent one.
   */
  async function delivered({ before, after }: RelayHooks): Promise<{ report: SyncReport; sent: number; seen: number }> {
    const address = `${await server.createDatabase()}?lease=5`;
    await using inbox = await openInbox(address);
    await using outbox = await openSharedOutbox(address);
    await inbox.add(sales(60));
    const hasSent = Promise.withResolvers<undefined>();
    let own = 0;
    let seen = 0;
    await using ours = await Relay.open(shop.org, {
      before: async ({ isJournals }) => {
        if (!isJournals) return;
        own += 1;
        while (own === 3 && !outbox.relay?.connections) await setImmediate();
        if (own > 4) await hasSent.promise;
      },
    });
    await using theirs = await Relay.open(shop.org, {
      before: (call) => {
        if (call.isJournals) {
          seen += 1;
          hasSent.resolve(undefined);
        }
        return before?.(call);
      },
      ...(after && { after }),
    });
    const sending = new StandbySending({ address, client: clientOf(theirs), connections: 1 });
    const period = sending.begin();
    const report = await deliverInbox({
      ...{ client: clientOf(ours), program: 'Harbour Rewards', source: 'till', outbox, inbox, settle: 1000 },
      ...{ concurrency: 1, batchSize: 2, prefer: 'speed', endsWhenIdle: true },
      signal: new AbortController().signal,
    });
    period[Symbol.dispose]();
    await sending.end();
    return { report, sent: sending.sent, seen };
  }

  async function numbersOf(first: number): Promise<string[]> {
    const rows = await shop.client.query.all('SELECT ExternalTransactionNumber FROM TransactionJournal');
    const wanted = new Set(Array.from({ length: latest - first + 1 }, (_, index) => `till:${first + index}`));
    return rows.map((row) => String(row['ExternalTransactionNumber'])).filter((number) => wanted.has(number));
  }

  for (const { what, hooks } of [
    { what: 'sends beside it', hooks: {} },
    { what: 'whose answers are lost', hooks: { after: cut } },
    { what: 'that does not reach the org', hooks: { before: cut } },
    { what: 'whose login has ended', hooks: answered(401, 'INVALID_SESSION_ID') },
    { what: 'whose user may not do so', hooks: answered(403, 'INSUFFICIENT_ACCESS') },
    { what: 'whose user does not find the program', hooks: answered(404, 'NOT_FOUND') },
    { what: 'whose org lacks the feature for this user', hooks: answered(400, 'FUNCTIONALITY_NOT_ENABLED') },
    { what: 'whose user may not see a field', hooks: answered(400, 'INVALID_FIELD') },
    {
      what: 'whose gateway answers after the org has done it',
      hooks: { after: ({ isJournals }: Call) => isJournals && page },
    },
  ])
    it(`${what}, and nothing is lost, doubled or refused`, async () => {
      const { report, sent, seen } = await delivered(hooks);
      expect(sent).to.be.greaterThan(0);
      expect(seen).to.be.greaterThan(0);
      expect(report.ending).to.equal('complete');
      expect(report.counts.items).to.include({ new: 60, done: 60 });
      const numbers = await numbersOf(latest - 59);
      expect([numbers.length, new Set(numbers).size]).to.deep.equal([60, 60]);
    });
});

describe('a standby that cannot begin to send', () => {
  it('waits for its turn, although who hears of the failure fails', async () => {
    const body = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];
    const client = new LoyaltyClient(fakeConnection(() => ({ status: 401, body })));
    const heard = Promise.withResolvers<Error>();
    const onFailure = (error: Error): never => {
      heard.resolve(error);
      throw new Error('It cannot be shown.');
    };
    const unhandled: unknown[] = [];
    const hear = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', hear);
    await using sending = new StandbySending({
      address: 'postgres://nobody.invalid/x',
      client,
      connections: 1,
      onFailure,
    });
    using _period = sending.begin();
    expect(await heard.promise).to.be.instanceOf(LoyaltyApiError);
    await setImmediate();
    process.off('unhandledRejection', hear);
    expect(unhandled).to.deep.equal([]);
  });
});
