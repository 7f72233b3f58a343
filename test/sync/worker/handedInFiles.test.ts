import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  deliverInbox,
  feedLeft,
  feedRefused,
  handInFiles,
  openInbox,
  openSharedOutbox,
  OutboxDatabaseError,
  parseMapping,
  SqliteOutbox,
  startSync,
  openFeed,
} from '../../../src/sync/index.js';
import type { InboxDelivery, UnreadableFeed, StoredFeed, SyncReport } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { openShop } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';
import { PostgresServer } from '../../support/postgresServer.js';

const mapping = parseMapping(
  `source: web
key: Order
member: Member
skip: Kind = 'gift'
journal:
  JournalTypeName: { value: Accrual }
  JournalSubTypeName: { value: Purchase }
  ActivityDate: { date: Day, format: yyyy-MM-dd, zone: Europe/London }
  TransactionAmount: { number: Amount }
`,
  'web.yml',
);
const header = 'Order,Member,Kind,Day,Amount\n';
const row = (order: number, { kind = '', day = '2026-03-01' } = {}): string =>
  `${order},HR-${100_001 + (order % 5)},${kind},${day},12.40\n`;

describe('files that were handed in for a shared outbox', function () {
  this.timeout(60_000);

  let shop: Shop;
  let server: PostgresServer;
  let folder: string;
  let latest = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-files-'));
    [shop, server] = await Promise.all([openShop({ members: 5 }), PostgresServer.start()]);
  });

  after(async () => {
    await Promise.all([shop, server].map((each) => each[Symbol.asyncDispose]()));
    await rm(folder, { recursive: true });
  });

  const orders = (count: number): number[] => Array.from({ length: count }, () => ++latest);
  const about = () => ({ client: shop.client, program: 'Harbour Rewards' });

  async function file(name: string, rows: readonly string[]): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, header + rows.join(''));
    return path;
  }

  /** Makes a file that was handed in one that cannot be read: the org lacks a field of its mapping. */
  const spoil = (database: string, name: string) =>
    server.query(
      database,
      `UPDATE loyalty_outbox.feed SET mapping = replace(mapping, 'TransactionAmount', 'Lacking__c')
       WHERE name LIKE '${name}'`,
    );

  async function delivered(outbox: string, own: Partial<InboxDelivery> = {}): Promise<SyncReport> {
    await using inbox = await openInbox(outbox);
    await using opened = await openSharedOutbox(outbox);
    return await deliverInbox({
      ...{ ...about(), source: 'web', inbox, outbox: opened, settle: 1000, endsWhenIdle: true },
      ...{ signal: new AbortController().signal, ...own },
    });
  }

  it('are read as a run of their own would read them, and then removed', async () => {
    const outbox = await server.createDatabase();
    const [first = 0, ...others] = orders(9);
    const rows = [first, ...others, first].map((order) => row(order));
    const path = await file('orders.csv', [...rows, row(0, { kind: 'gift' }), row(0, { day: '1 March' })]);
    const given = { ...about(), outbox, mapping };
    const [handedIn] = await handInFiles({ ...given, files: [path] });
    expect(handedIn).to.include({ path, isNew: true, rows: 12, rejected: 1 });
    expect(handedIn?.firstRejection?.line).to.equal(13);
    expect((await handInFiles({ ...given, files: [path] }))[0]).to.include({ isNew: false, number: handedIn?.number });

    const { counts, ending } = await delivered(outbox);
    expect(ending).to.equal('complete');
    await using alone = await SqliteOutbox.open(join(folder, 'alone.sqlite'));
    const own = await startSync({ ...about(), source: 'web', outbox: alone, feeds: [await openFeed(path, mapping)] });
    expect(counts.rows).to.deep.equal(own.counts.rows).and.deep.equal({ read: 12, used: 10, skipped: 1, rejected: 1 });
    expect(counts.transactions).to.include({ made: 10, new: 9, repeated: 1 });
    expect(counts.items).to.include({ done: 9, sentNow: 9 });
    expect((await delivered(outbox)).counts.rows.read).to.equal(0);
  });

  it('wait for a worker of their source, and a worker of another one notes how many', async () => {
    const outbox = await server.createDatabase();
    const path = await file('web.csv', [row(orders(1)[0]!)]);
    await handInFiles({ ...about(), outbox, mapping, files: [path] });
    const till = await delivered(outbox, { source: 'till' });
    const note = till.notes.find(({ code }) => code === 'feed-of-other-source');
    expect(note?.message).to.equal(
      '1 feed of another source waits for a worker with --source. This one reads feeds of till.',
    );
    expect([till.ending, till.counts.rows.read]).to.deep.equal(['complete', 0]);
    const web = await delivered(outbox);
    expect(web.counts.items).to.include({ done: 1 });
    expect(web.notes.map(({ code }) => code)).to.not.include('feed-of-other-source');
  });

  it('are read from the beginning by the next worker, if one is stopped while it reads', async () => {
    const outbox = await server.createDatabase();
    const all = orders(1100);
    const path = await file(
      'long.csv',
      [...all, all[0]!].map((order) => row(order)),
    );
    await handInFiles({ ...about(), outbox, mapping, files: [path] });
    const drain = new AbortController();
    const drained = await delivered(outbox, {
      signal: drain.signal,
      onProgress: ({ read }) => {
        if (read > 0) drain.abort();
      },
    });
    expect(drained.ending).to.equal('unfinished');
    expect(drained.counts.rows.read).to.be.within(1, 1000);
    expect(drained.notes.map(({ code }) => code)).to.include('feeds-unread');
    const { counts, ending } = await delivered(outbox);
    expect(ending).to.equal('complete');
    expect(counts.rows.read).to.equal(1101);
    // Distinct purchases with one key are never taken for one: also where the first was read by the earlier worker.
    expect(counts.transactions.repeated).to.equal(1);
    expect(counts.transactions.known + counts.transactions.openBefore).to.equal(drained.counts.transactions.made);
    const keys = await shop.client.query.all(
      `SELECT ExternalTransactionNumber FROM TransactionJournal WHERE ExternalTransactionNumber LIKE 'web:%'`,
    );
    const numbers = keys.map((each) => String(each['ExternalTransactionNumber']));
    expect(numbers.filter((number) => all.includes(Number(number.slice(4))))).to.have.lengthOf(1100);
  });

  it('hold up nothing when they cannot be read, and are kept for a person', async () => {
    const outbox = await server.createDatabase();
    const given = { ...about(), outbox, mapping };
    await handInFiles({
      ...given,
      files: [
        await file(
          'a.csv',
          orders(3).map((order) => row(order)),
        ),
      ],
    });
    await handInFiles({
      ...given,
      files: [
        await file(
          'b.csv',
          orders(2).map((order) => row(order)),
        ),
      ],
    });
    const database = new URL(outbox).pathname.slice(1);
    await spoil(database, '%a.csv');
    const refused: UnreadableFeed[] = [];
    const { counts, ending, notes } = await delivered(outbox, { onFeedRefused: (feed) => refused.push(feed) });
    expect([ending, counts.rows.read]).to.deep.equal(['complete', 2]);
    const name = `${join(folder, 'a.csv')}#1`;
    expect(refused.map((each) => each.name)).to.deep.equal([name]);
    // Also a later run does not end as if nothing waited for a person.
    for (const told of [notes, (await delivered(outbox)).notes])
      expect(
        told.filter(({ code }) => code === feedRefused).map(({ message }) => message.includes(name)),
      ).to.deep.equal([true]);
    expect(await server.query(database, 'SELECT name FROM loyalty_outbox.feed')).to.deep.equal([
      { name: join(folder, 'a.csv') },
    ]);
  });

  it('wait for a newer build, and hold up nothing, if they came with something that this one does not know', async () => {
    const outbox = await server.createDatabase();
    const given = { ...about(), outbox };
    const newer = await file('newer.csv', [row(orders(1)[0]!)]);
    const [strange] = await handInFiles({ ...given, mapping, files: [newer] });
    const [other] = await handInFiles({ ...given, mapping, files: [await file('format.csv', [row(orders(1)[0]!)])] });
    await handInFiles({ ...given, mapping, files: [await file('known.csv', [row(orders(1)[0]!)])] });
    const database = new URL(outbox).pathname.slice(1);
    await server.query(
      database,
      `UPDATE loyalty_outbox.feed SET mapping = mapping || 'currencyOf: Country' WHERE number = ${strange!.number};
       UPDATE loyalty_outbox.feed SET format = 'parquet' WHERE number = ${other!.number}`,
    );
    const left: UnreadableFeed[] = [];
    const { ending, counts, notes } = await delivered(outbox, { onFeedLeft: (feed) => left.push(feed) });
    expect([ending, counts.rows.read]).to.deep.equal(['complete', 1]);
    expect(left.map(({ name }) => name)).to.deep.equal([`${newer}#1`, `${join(folder, 'format.csv')}#2`]);
    expect(left[0]?.error.message).to.include('currencyOf');
    expect(notes.filter(({ code }) => code === feedLeft)).to.have.lengthOf(2);
    expect(notes.map(({ code }) => code)).not.to.include(feedRefused);
    await using inbox = await openInbox(outbox);
    expect(await inbox.feeds.unread()).to.deep.equal({ waiting: 2, refused: [] });
    // The build that knows it.
    await server.query(
      database,
      `UPDATE loyalty_outbox.feed SET mapping = replace(mapping, 'currencyOf: Country', ''), format = NULL`,
    );
    expect((await delivered(outbox)).counts.rows.read).to.equal(2);
  });

  it('are not refused because the database cannot be used', async () => {
    const outbox = await server.createDatabase();
    const path = await file(
      'outage.csv',
      orders(3).map((order) => row(order)),
    );
    await handInFiles({ ...about(), outbox, mapping, files: [path] });
    await using inbox = await openInbox(outbox);
    const away = new OutboxDatabaseError(outbox, true, new Error('ECONNREFUSED'));
    const { feeds } = inbox;
    const broken = {
      first: (source: string) => feeds.first(source),
      remove: (feed: StoredFeed) => feeds.remove(feed),
      removeRest: () => feeds.removeRest(),
      refuse: (feed: StoredFeed, reason: string) => feeds.refuse(feed, reason),
      unread: (source?: string) => feeds.unread(source),
      // eslint-disable-next-line require-yield -- the database does not answer the first question
      content: async function* (): AsyncGenerator<Uint8Array> {
        throw away;
      },
    };
    const failing = { first: inbox.first.bind(inbox), remove: inbox.remove.bind(inbox), feeds: broken };
    expect(await failureOf(delivered(outbox, { inbox: failing }))).to.equal(away);
    expect(await feeds.unread()).to.deep.equal({ waiting: 1, refused: [] });
    expect((await delivered(outbox)).counts.rows.read).to.equal(3);
  });

  it('are read again by the same worker when they are handed in again', async () => {
    const outbox = await server.createDatabase();
    const path = await file(
      'again.csv',
      orders(2).map((order) => row(order)),
    );
    const handIn = () => handInFiles({ ...about(), outbox, mapping, files: [path] });
    const [handedIn] = await handIn();
    const database = new URL(outbox).pathname.slice(1);
    await spoil(database, '%again.csv');
    const read = new AbortController();
    const again = Promise.withResolvers<Awaited<ReturnType<typeof handIn>>>();
    const { counts, ending } = await delivered(outbox, {
      ...{ endsWhenIdle: false, signal: read.signal },
      onFeedRefused: () => again.resolve(handIn()),
      onFeedRead: () => read.abort(),
    });
    const [second] = await again.promise;
    expect(second?.replaced).to.deep.equal([handedIn?.number]);
    expect([ending, counts.rows.read]).to.deep.equal(['complete', 2]);
  });

  it('are not stored if they cannot be read, or if too many rows are bad', async () => {
    const outbox = await server.createDatabase();
    const good = await file('good.csv', [row(1)]);
    const bad = await file('bad.csv', [row(2, { day: '1 March' }), row(3)]);
    const other = join(folder, 'other.csv');
    await writeFile(other, 'Other\n1\n');
    for (const [files, maxRejects] of [
      [[good, other], undefined],
      [[good, join(folder, 'none.csv')], undefined],
      [[good, folder], undefined],
      [[good, bad], { rows: 0 }],
      [[good, bad], { share: 0.3 }],
    ] as const) {
      const failure = await failureOf(handInFiles({ ...about(), outbox, mapping, files, maxRejects }));
      expect(failure).to.have.property('name', maxRejects === undefined ? 'FeedError' : 'TooManyRejectsError');
    }
    await using inbox = await openInbox(outbox);
    expect(await inbox.feeds.unread()).to.deep.equal({ waiting: 0, refused: [] });
  });
});
