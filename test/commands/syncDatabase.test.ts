import { expect } from 'chai';
import { Cli, errorOf } from '../support/cli.js';
import type { Ended, Running } from '../support/cli.js';
import { reportOf } from '../support/cliFeed.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { FeedDatabase } from '../support/feedDatabase.js';
import { PostgresServer } from '../support/postgresServer.js';

const table = `
  CREATE TABLE purchases (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    card text NOT NULL,
    sold_at timestamptz NOT NULL DEFAULT now(),
    amount numeric(12, 2) NOT NULL
  )`;

const mapping = `
source: shop
database: { table: purchases, orderBy: id }
key: id
member: card
journal:
  ActivityDate: sold_at
  JournalTypeName: { value: Accrual }
  TransactionAmount: { number: amount }
`;

describe('loyalty sync start with a database', function () {
  this.timeout(60_000);

  let server: PostgresServer;
  let database: FeedDatabase;
  let shop: Shop;
  let cli: Cli;
  let outbox: string[];

  before(async () => {
    server = await PostgresServer.start();
    database = await FeedDatabase.create(server, '');
    shop = await openShop({ members: 50 });
  });

  after(async () => {
    await shop[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    await database.reset(table);
    shop.org.store.find('TransactionJournal', {}).forEach(({ Id }) => shop.org.store.delete('TransactionJournal', Id));
    cli = await Cli.create();
    await cli.file('shop.yml', mapping);
    outbox = ['--outbox', cli.path('shop.sqlite')];
  });

  afterEach(() => cli[Symbol.asyncDispose]());

  const insert = (count: number, from = 1): Promise<unknown> =>
    database.run(
      `INSERT INTO purchases (card, amount) SELECT 'HR-' || 100001 + n % 50, n * 0.01 FROM generate_series(${from}, ${from + count - 1}) n`,
    );
  const start = (...args: string[]): Promise<Ended> =>
    cli.run('sync start', ['--file', database.url, '--map', 'shop.yml', ...outbox, ...args, '--json'], {
      org: shop.org,
    });
  const journals = (): string[] =>
    shop.org.store.find('TransactionJournal', {}).map((journal) => String(journal['ExternalTransactionNumber']));

  it('delivers each row once, and the next run only what is new', async () => {
    await insert(10_000);
    const first = reportOf(await start('--batch-size', '1000', '--per-member', '20'));
    expect(first.counts.rows).to.deep.equal({ read: 10_000, used: 10_000, skipped: 0, rejected: 0 });
    expect(first.counts.items).to.include({ new: 10_000, done: 10_000 });
    expect(new Set(journals()).size).to.equal(10_000);
    await insert(3, 10_001);
    const next = reportOf(await start());
    expect(next.counts.rows.read).to.equal(3);
    expect(next.notes.map(({ code }) => code)).to.include('feed-continued');
    const all = reportOf(await start('--read-all', '--limit', '50'));
    expect(all.counts.transactions).to.include({ made: 50, known: 50 });
  });
});
