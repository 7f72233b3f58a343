import { expect } from 'chai';
import { LoyaltyClient } from '../../../src/client/index.js';
import { deliverInbox, openInbox, openSharedOutbox, StandbySending } from '../../../src/sync/index.js';
import type { InboxDelivery, SyncReport } from '../../../src/sync/index.js';
import { sale } from '../../door/openDoor.js';
import { openShop } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';
import { Relay } from '../../support/cliRelay.js';
import type { Call, RelayHooks } from '../../support/cliRelay.js';
import { PostgresServer } from '../../support/postgresServer.js';

const members = 20;
const ended = { status: 401, errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' };
const denied = { status: 403, errorCode: 'INSUFFICIENT_ACCESS', message: 'no access' };

describe('a standby that sends for the active worker', function () {
  this.timeout(60_000);

  let shop: Shop;
  let server: PostgresServer;
  let latest = 0;

  before(async () => {
    [shop, server] = await Promise.all([openShop({ members }), PostgresServer.start()]);
  });

  after(() => Promise.all([shop, server].map((each) => each[Symbol.asyncDispose]())));

  const sales = (count: number) =>
    Array.from({ length: count }, () => sale(`${++latest}`, `HR-${100_001 + (latest % members)}`));

  /** Delivers so many transactions from one machine with one connection, for which a standby sends with another one. */
  async function delivered(
    count: number,
    { own = {}, standby = {} }: { readonly own?: RelayHooks; readonly standby?: RelayHooks },
    more: Partial<InboxDelivery> = {},
  ): Promise<{ report: SyncReport; sent: number }> {
    const address = `${await server.createDatabase()}?lease=1`;
    await using inbox = await openInbox(address);
    await using outbox = await openSharedOutbox(address);
    await inbox.add(sales(count));
    await using ours = await Relay.open(shop.org, own);
    await using theirs = await Relay.open(shop.org, standby);
    const sending = new StandbySending({ address, client: await clientOf(theirs), connections: 1 });
    const period = sending.begin();
    const report = await deliverInbox({
      ...{ client: await clientOf(ours), program: 'Harbour Rewards', source: 'till', outbox, inbox, settle: 1000 },
      ...{ concurrency: 1, batchSize: 2, prefer: 'speed', endsWhenIdle: true },
      signal: new AbortController().signal,
      ...more,
    });
    period[Symbol.dispose]();
    await sending.end();
    return { report, sent: sending.sent };
  }

  it('sends requests beside the machine that delivers, and nothing is lost or doubled', async () => {
    const both = Promise.withResolvers<undefined>();
    let ownRequests = 0;
    const { report, sent } = await delivered(60, {
      // The first request leaves alone. The second one is answered when the other machine has sent one meanwhile.
      own: { before: async ({ isJournals }) => (isJournals && ++ownRequests > 1 ? both.promise : undefined) },
      standby: {
        before: ({ isJournals }) => {
          if (isJournals) both.resolve(undefined);
        },
      },
    });
    expect(report.counts.items).to.include({ new: 60, done: 60, sentNow: 60 });
    expect(sent).to.be.greaterThan(0);
    expect(await numbersOf(latest - 59)).to.have.lengthOf(60);
  });

  for (const { what, standby } of [
    { what: 'whose answers are lost', standby: { after: ({ isJournals }: Call) => (isJournals ? 'cut' : undefined) } },
    {
      what: 'that does not reach the org',
      standby: { before: ({ isJournals }: Call) => (isJournals ? 'cut' : undefined) },
    },
    { what: 'whose login has ended', standby: { before: ({ isJournals }: Call) => isJournals && ended } },
    { what: 'whose user may not do so', standby: { before: ({ isJournals }: Call) => isJournals && denied } },
  ])
    it(`${what} loses and doubles nothing`, async () => {
      const tried = Promise.withResolvers<undefined>();
      let ownRequests = 0;
      const { before, after } = standby as RelayHooks;
      const { report, sent } = await delivered(40, {
        own: { before: async ({ isJournals }) => (isJournals && ++ownRequests > 1 ? tried.promise : undefined) },
        standby: {
          before: (call) => {
            if (call.isJournals) tried.resolve(undefined);
            return before?.(call);
          },
          ...(after && { after }),
        },
      });
      expect(sent).to.be.greaterThan(0);
      expect(report.ending).to.equal('complete');
      expect(report.counts.items).to.include({ new: 40, done: 40 });
      const numbers = await numbersOf(latest - 39);
      expect([numbers.length, new Set(numbers).size]).to.deep.equal([40, 40]);
    });

  async function numbersOf(first: number): Promise<string[]> {
    const rows = await shop.client.query.all('SELECT ExternalTransactionNumber FROM TransactionJournal');
    const wanted = new Set(Array.from({ length: latest - first + 1 }, (_, index) => `till:${first + index}`));
    return rows.map((row) => String(row['ExternalTransactionNumber'])).filter((number) => wanted.has(number));
  }
});

function clientOf({ url }: Relay): Promise<LoyaltyClient> {
  return LoyaltyClient.connect({ instanceUrl: url, clientId: 'standby', clientSecret: 'none' });
}
