import { expect } from 'chai';
import { SyncMapResult } from '../../src/cli/sync/syncMapResult.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
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
source: SOURCE
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
  /** A name for each test, because the org keeps the journals of all. */
  let source: string;
  let sources = 0;

  before(async () => {
    server = await PostgresServer.start();
    database = await FeedDatabase.create(server, '');
    shop = await openShop({ members: 10 });
  });

  after(async () => {
    await shop[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    await database.reset(table);
    source = `shop-${++sources}`;
    cli = await Cli.create();
    await writeMapping();
    outbox = ['--outbox', cli.path('shop.sqlite')];
  });

  afterEach(() => cli[Symbol.asyncDispose]());

  const writeMapping = (from = '', to = ''): Promise<string> =>
    cli.file('shop.yml', mapping.replace('SOURCE', source).replace(from, to));
  const insert = (count: number, from = 1): Promise<unknown> =>
    database.run(
      `INSERT INTO purchases (card, amount) SELECT 'HR-' || 100001 + n % 10, n * 0.01 FROM generate_series(${from}, ${from + count - 1}) n`,
    );
  const start = (...args: string[]): Promise<Ended> =>
    cli.run('sync start', ['--file', database.url, '--map', 'shop.yml', ...outbox, ...args, '--json'], {
      org: shop.org,
    });
  const journals = (): string[] =>
    shop.org.store
      .find('TransactionJournal', {})
      .map((journal) => String(journal['ExternalTransactionNumber']))
      .filter((key) => key.startsWith(`${source}:`));

  it('delivers each row once, and the next run only what is new', async () => {
    await insert(1000);
    const first = reportOf(await start('--per-member', '20'));
    expect(first.counts.rows).to.deep.equal({ read: 1000, used: 1000, skipped: 0, rejected: 0 });
    expect(first.counts.items).to.include({ new: 1000, done: 1000 });
    expect(new Set(journals()).size).to.equal(1000);
    await insert(3, 1001);
    const next = reportOf(await start());
    expect(next.counts.rows.read).to.equal(3);
    expect(next.notes.map(({ code }) => code)).to.include('feed-continued');
    const all = reportOf(await start('--read-all', '--limit', '50'));
    expect(all.counts.transactions).to.include({ made: 50, known: 50 });
  });

  it('goes on where it was when its process is killed in the middle', async () => {
    await insert(40);
    await using relay = await Relay.open(shop.org, {
      after: ({ isJournals }) => isJournals && running.kill('SIGKILL'),
    });
    const args = ['--file', database.url, '--map', 'shop.yml', ...outbox, '--json'];
    const running = cli.start('sync start', args, { org: relay });
    expect((await running.ended).code).to.equal(null);
    await insert(5, 41);
    const resumed = await cli.run('sync resume', [...outbox, '--settle', '1', '--json'], { org: shop.org });
    expect(resumed.code).to.equal(0);
    const { counts } = reportOf(resumed);
    expect(counts.items.done).to.equal(counts.rows.read);
    const rest = reportOf(await start());
    expect(rest.counts.rows.read + counts.rows.read).to.equal(45);
    expect(journals()).to.have.length(45);
    expect(new Set(journals()).size).to.equal(45);
  });

  it('delivers rows as they are committed, in a watch that SIGTERM ends', async () => {
    let answered = (): void => undefined;
    await using relay = await Relay.open(shop.org, { after: ({ isJournals }) => isJournals && answered() });
    await insert(1);
    const args = ['--file', database.url, '--map', 'shop.yml', '--watch', ...outbox, '--json'];
    const running = cli.start('sync start', args, { org: relay });
    await stored(1);
    const late = await database.connect();
    await late.query('BEGIN');
    await late.query(`INSERT INTO purchases (card, amount) VALUES ('HR-100001', 1)`);
    await insert(1, 2);
    await late.query('COMMIT');
    await stored(3);
    running.kill('SIGTERM');
    const ended = await running.ended;
    expect(ended.code).to.equal(0);
    expect(reportOf(ended).counts.items).to.include({ new: 3, done: 3 });

    async function stored(count: number): Promise<void> {
      while (journals().length < count) {
        const next = Promise.withResolvers<undefined>();
        answered = () => next.resolve(undefined);
        if (journals().length >= count) return;
        const end = await Promise.race([next.promise, running.ended]);
        if (end !== undefined) throw new Error(`It ended: ${end.stdout}${end.stderr}`);
      }
    }
  });

  it('leaves rows behind a transaction that is not over, and says who holds them back', async () => {
    const late = await database.connect();
    await late.query('BEGIN');
    await late.query(`INSERT INTO purchases (card, amount) VALUES ('HR-100001', 1)`);
    await insert(1, 2);
    const ended = await start('--wait', '1');
    expect(ended.code).to.equal(69);
    const { ending, notes } = reportOf(ended);
    expect(ending).to.equal('unfinished');
    expect(notes.map(({ code }) => code)).to.include('rows-held-back');
    await late.query('COMMIT');
    const resumed = await cli.run('sync resume', [...outbox, '--json'], { org: shop.org });
    expect(reportOf(resumed).counts.items).to.include({ done: 2 });
  });

  it('corrects what was updated, and tells what the org has otherwise', async () => {
    await writeMapping('orderBy: id', 'orderBy: [sold_at, id], lag: 1');
    await database.run(`
      INSERT INTO purchases (card, sold_at, amount) VALUES
        ('HR-100001', '2026-04-02T09:00:00Z', 1), ('NOBODY', '2026-04-02T09:01:00Z', 2), ('HR-100003', '2026-04-02T09:02:00Z', 3)`);
    expect(reportOf(await start()).counts.items).to.include({ done: 2, refused: 1 });
    await database.run(`
      UPDATE purchases SET sold_at = '2026-04-03T09:00:00Z', card = 'HR-100002' WHERE id = 2;
      UPDATE purchases SET sold_at = '2026-04-03T09:01:00Z', amount = 30 WHERE id = 3`);
    const ended = await start();
    expect(ended.code).to.equal(68);
    expect(reportOf(ended).counts.transactions).to.include({ made: 2, corrected: 1, conflict: 1 });
  });

  it('takes no password in the address, and keeps none of an environment variable', async () => {
    const address = database.url.replace('postgres@', 'postgres:s3cret@');
    const ended = await cli.run('sync start', ['--file', address, '--map', 'shop.yml', ...outbox], { org: shop.org });
    expect(ended.code).to.equal(1);
    expect(ended.stderr).to.include('has a password').and.include('PGPASSWORD');
    expect(ended.stdout + ended.stderr).to.not.include('s3cret');
  });

  it('says in its own words what is wrong with the database', async () => {
    await writeMapping('table: purchases', 'table: purchase');
    const { message, actions } = errorOf(await start());
    expect(message).to.include('shop.yml line 3').and.include('did you mean purchases?');
    expect(actions).to.not.be.empty;
    const mixed = await cli.run('sync start', ['--file', 'a.csv', '--map', 'shop.yml', '--read-all', ...outbox], {
      org: shop.org,
    });
    expect(mixed.code).to.equal(2);
  });

  it('has a mapping drafted for a table, with which it is read', async () => {
    await insert(3);
    const args = ['--file', database.url, '--table', 'purchases', '--source', source, '--output-file', 'drafted.yml'];
    const drafted = resultOf(await cli.run('sync map', [...args, '--json']), SyncMapResult);
    expect(drafted).to.deep.include({ rows: 3, rejected: 0, open: [] });
    expect(drafted.mapping).to.include('database: { table: purchases, orderBy: id }');
    const ended = await cli.run('sync start', ['--file', database.url, '--map', 'drafted.yml', ...outbox, '--json'], {
      org: shop.org,
    });
    expect(reportOf(ended).counts.items.done).to.equal(3);
    const wrong = await cli.run('sync map', ['--file', database.url, '--table', 'purchase', '--json']);
    expect(errorOf(wrong).message).to.include('did you mean purchases?');
    const none = await cli.run('sync map', ['--file', database.url, '--json']);
    expect(errorOf(none).actions?.join()).to.include('--table');
  });
});
