import { expect } from 'chai';
import {
  deliverInbox,
  isOutboxError,
  openInbox,
  openSharedOutbox,
  OutboxDatabaseError,
  OutboxTakenError,
} from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { sale } from '../../door/openDoor.js';
import { openShop } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';
import { PostgresServer } from '../../support/postgresServer.js';

describe('the delivery from an inbox', function () {
  this.timeout(60_000);

  let shop: Shop;
  let server: PostgresServer;

  before(async () => {
    [shop, server] = await Promise.all([openShop(), PostgresServer.start()]);
  });

  after(() => Promise.all([shop, server].map((each) => each[Symbol.asyncDispose]())));

  it('ends when somebody else has the lease, although it has nothing to do, and leaves what comes later alone', async () => {
    const url = await server.createDatabase();
    await using inbox = await openInbox(url);
    await using outbox = await openSharedOutbox(`${url}?lease=1`);
    const active = Promise.withResolvers<undefined>();
    const delivery = deliverInbox({
      ...{ client: shop.client, program: 'Harbour Rewards', source: 'till', outbox, inbox },
      signal: new AbortController().signal,
      onActive: () => active.resolve(undefined),
    });
    await active.promise;
    await server.query(new URL(url).pathname.slice(1), 'UPDATE loyalty_outbox.outbox SET epoch = epoch + 1');
    const failure = await failureOf(delivery);
    expect(failure).to.be.instanceOf(OutboxTakenError).and.satisfy(isOutboxError);
    await inbox.add([sale('1')]);
    expect(await inbox.backlog()).to.include({ entries: 1 });
  });

  it('leaves no run behind when the inbox cannot be asked at its beginning', async () => {
    const url = await server.createDatabase();
    await using inbox = await openInbox(url);
    await using outbox = await openSharedOutbox(url);
    const away = new OutboxDatabaseError(url, true, new Error('ECONNRESET'));
    const feeds = Object.assign(Object.create(inbox.feeds) as typeof inbox.feeds, {
      unread: async () => Promise.reject(away),
    });
    const delivery = deliverInbox({
      ...{ client: shop.client, program: 'Harbour Rewards', source: 'till', outbox },
      inbox: { first: async () => [], remove: async () => undefined, feeds },
      signal: new AbortController().signal,
    });
    expect(await failureOf(delivery)).to.equal(away);
    expect((await outbox.runs.find())?.ending).to.equal('interrupted');
    using lock = await outbox.lock();
  });

  it('delivers what waits and ends when nothing is left, and the next one knows what is taken twice', async () => {
    const url = await server.createDatabase();
    await using inbox = await openInbox(url);
    const entries = [[sale('2')], [sale('3'), sale('4')]];
    for (const entry of entries) await inbox.add(entry);
    const once = async (kept: boolean) => {
      await using outbox = await openSharedOutbox(url);
      const { counts } = await deliverInbox({
        ...{ client: shop.client, program: 'Harbour Rewards', source: 'till', outbox, settle: 1000 },
        // A process that dies before it has removed what it has stored.
        inbox: kept ? { first: givenOnce(inbox), remove: async () => undefined, feeds: inbox.feeds } : inbox,
        signal: new AbortController().signal,
        endsWhenIdle: true,
      });
      return counts;
    };
    expect((await once(true)).items).to.include({ new: 3, done: 3 });
    expect((await once(false)).transactions).to.include({ made: 3, known: 3, new: 0 });
    expect(await inbox.backlog()).to.include({ entries: 0 });
  });
});

/** Returns the first entries once, and then nothing. */
function givenOnce(inbox: Awaited<ReturnType<typeof openInbox>>): (typeof inbox)['first'] {
  let isGiven = false;
  return async (limit) => {
    if (isGiven) return [];
    isGiven = true;
    return inbox.first(limit);
  };
}
