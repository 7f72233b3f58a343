import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { databaseFeed, FeedError, parseMapping } from '../../src/feed/index.js';
import type { Mapping } from '../../src/feed/index.js';
import { filedPassword } from '../../src/feed/database/passwordFile.js';
import { FeedDatabase, purchasesMapping } from '../support/feedDatabase.js';
import { PostgresServer } from '../support/postgresServer.js';
import { outcome, readAll, thrown } from './reading.js';

describe('errors of a database that is a feed', function () {
  this.timeout(20_000);

  let server: PostgresServer;
  let database: FeedDatabase;
  before(async () => {
    server = await PostgresServer.start();
    database = await FeedDatabase.create(server);
  });
  after(async () => {
    await database[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  beforeEach(() => database.reset());

  async function errorOf(mapping: Mapping, address = database.url): Promise<FeedError> {
    const error = await thrown(async () => readAll(await databaseFeed(address, mapping, { patience: 0 })));
    expect(error).to.be.instanceOf(FeedError);
    return error as FeedError;
  }
  const errorWith = (section: string): Promise<FeedError> => errorOf(purchasesMapping(section));
  const expectError = async (section: string, message: string, action?: string): Promise<void> => {
    const error = await errorWith(section);
    expect(error.message).to.include(message);
    if (action !== undefined) expect(error.actions.join(' ')).to.include(action);
  };

  it('name the line of the mapping, and a name that is nearly the same', async () => {
    await database.run('CREATE SCHEMA tills; CREATE TABLE tills.receipts (id int PRIMARY KEY)');
    await expectError(
      '{ table: purchase, orderBy: id }',
      'map.yml line 3: `database.table` is "purchase", but the database has no such table or view; did you mean purchases?',
    );
    await expectError('{ table: receipts, orderBy: id }', 'did you mean tills.receipts?');
    await expectError('{ table: till.receipts, orderBy: id }', 'did you mean tills.receipts?');
    await expectError(
      '{ table: purchases, orderBy: idd }',
      '`database.orderBy` names the column idd',
      'Write id instead of idd.',
    );
    await expectError('{ query: SELECT id FROM purchases, orderBy: id }', 'names the column card, but the columns of');
    const typo = parseMapping(purchasesMapping().text.replace('ActivityDate: at', 'ActivityDate: aat'), 'map.yml');
    expect((await errorOf(typo)).actions.join()).to.include('Write at instead of aat');
  });

  it('say what is missing in the section `database`', async () => {
    const without = parseMapping(purchasesMapping().text.replace(/database:.*\n/, ''), 'map.yml');
    expect((await errorOf(without)).message).to.include('map.yml does not say what to read of postgres://127.0.0.1');
    const parsed = (section: string): string => (thrownBy(() => purchasesMapping(section)) as Error).message;
    expect(parsed('{ orderBy: id }')).to.include('names a `table` or a `query`: one of the two');
    expect(parsed('{ table: a, query: b, orderBy: id }')).to.include('one of the two');
    expect(parsed('{ table: a, orderBy: [id, id] }')).to.include('names a column twice');
    expect(parsed('{ table: a, orderBy: { id: 1 } }')).to.include('it names a column, or a list of columns');
    expect(parsed('{ table: a, order: id }')).to.include('`database.order` is not a key of a mapping');
  });

  it('refuse an order in which rows would be lost', async () => {
    await database.run(`
      ALTER TABLE purchases ADD doc jsonb, ADD code uuid, ADD number int;
      CREATE TABLE blocks (id bigint GENERATED ALWAYS AS IDENTITY (CACHE 50) PRIMARY KEY, card text, at timestamptz, amount numeric)`);
    await expectError('{ table: purchases, orderBy: doc }', 'names the column doc of the type jsonb');
    await expectError(
      '{ table: purchases, orderBy: [at, id] }',
      'needs a `lag`, because at is a timestamp with time zone',
      'lag: 60',
    );
    await expectError('{ table: purchases, orderBy: code }', 'needs a `lag`, because code is a uuid');
    await expectError('{ table: blocks, orderBy: id }', 'gives each session 50 numbers at once (CACHE)');
    await database.run('INSERT INTO purchases (number) VALUES (1), (NULL), (NULL)');
    await expectError(
      '{ table: purchases, orderBy: number }',
      'purchases has 2 rows without a usable value in number, which would never be read',
    );
    await database.run(`UPDATE purchases SET at = 'infinity' WHERE id = 2`);
    await expectError(
      '{ table: purchases, orderBy: [at, id], lag: 1 }',
      'has 1 row without a usable value in at or id',
    );
    await expectError(
      '{ table: purchases, orderBy: [at, card], lag: 1 }',
      'does not have the column card, but rows come again when their at grows',
    );
  });

  it('refuse rules that need rows in an order that never changes', async () => {
    const grouped = `${purchasesMapping().text}group: { by: card }\n`;
    expect((await errorOf(parseMapping(grouped, 'map.yml'))).message).to.include(
      'makes one transaction of rows that follow each other',
    );
    const numbered = purchasesMapping().text.replace('key: id', 'key: { columns: [card], occurrenceWithinFeed: true }');
    expect((await errorOf(parseMapping(numbered, 'map.yml'))).message).to.include('numbers rows by their order');
  });

  it('are all that a mapping can do besides reading', async () => {
    await database.run('INSERT INTO purchases DEFAULT VALUES');
    const attempts = [
      `{ table: 'purchases"; DROP TABLE purchases; --', orderBy: id }`,
      `{ query: 'SELECT * FROM purchases) AS feed; DROP TABLE purchases; --', orderBy: id }`,
      `{ query: 'DELETE FROM purchases RETURNING *', orderBy: id }`,
      `{ query: 'WITH gone AS (DELETE FROM purchases RETURNING *) SELECT * FROM gone', orderBy: id }`,
      `{ query: "SELECT *, set_config('transaction_read_only', 'off', false) AS off, nextval('purchases_id_seq') FROM purchases", orderBy: id }`,
      `{ table: purchases, orderBy: 'id"; DROP TABLE purchases; --' }`,
    ];
    for (const section of attempts) expect((await errorWith(section)).code).to.equal('mapping-invalid');
    expect(await database.run('SELECT count(*)::int AS count FROM purchases')).to.deep.equal([{ count: 1 }]);
    const odd = `{ query: "SELECT * FROM purchases -- all;\\n;  ", orderBy: id }`;
    expect((await readAll(await databaseFeed(database.url, purchasesMapping(odd)))).map(outcome)).to.deep.equal([
      'till:1',
    ]);
  });

  it('read names that need quotes, and columns named like anything', async () => {
    await database.run(`
      CREATE SCHEMA "My ""Shop";
      CREATE TABLE "My ""Shop"."Select" ("feed" int PRIMARY KEY, line text, place0 text, id int, card text, at timestamptz, amount numeric);
      INSERT INTO "My ""Shop"."Select" VALUES (7, 'x', 'y', 1, 'M1', '2026-01-01', 1)`);
    const mapping = purchasesMapping(`{ table: 'My "Shop.Select', orderBy: feed }`, '  Comment: line\n');
    const [entry] = await readAll(await databaseFeed(database.url, mapping));
    expect(entry).to.have.nested.property('transaction.journal.Comment', 'x');
  });

  it('say what the user lacks, and nothing of a password', async () => {
    await database.run(`CREATE ROLE reader LOGIN`).catch(() => undefined);
    const asReader = database.url.replace('postgres@', 'reader@');
    const denied = await errorOf(purchasesMapping(), asReader);
    expect(denied).to.include({ code: 'database-unreadable' });
    expect(denied.message).to.include('permission denied for table purchases');
    expect(denied.actions.join()).to.include('GRANT SELECT ON purchases TO "reader"');
    await database.run('GRANT SELECT ON purchases TO reader; INSERT INTO purchases DEFAULT VALUES');
    expect(await readAll(await databaseFeed(asReader, purchasesMapping()))).to.have.length(1);
    const absent = await errorOf(purchasesMapping(), database.url.replace(/\/[^/]*$/, '/nowhere'));
    expect(absent.message).to.include('database "nowhere" does not exist');
    for (const address of [
      database.url.replace('postgres@', 'postgres:s3cret@'),
      `${database.url}?password=s3cret`,
      'postgres://user:s3cret@[bad/x',
    ]) {
      const { message, actions } = await errorOf(purchasesMapping(), address);
      expect(`${message} ${actions.join(' ')}`).to.not.include('s3cret');
    }
    const { actions } = await errorOf(purchasesMapping(), database.url.replace('postgres@', 'postgres:s3cret@'));
    expect(actions.join()).to.include('PGPASSWORD');
  });

  it('say that nobody listens, that the login is refused, and what is wrong with an address', async () => {
    await using listener = await refusingServer();
    const refused = await errorOf(purchasesMapping(), `postgres://reader@127.0.0.1:${listener.port}/shop`);
    expect(refused.message).to.include('password authentication failed for user "reader"');
    expect(refused.actions.join()).to.include('~/.pgpass');
    await listener[Symbol.asyncDispose]();
    const gone = await errorOf(purchasesMapping(), `postgres://reader@127.0.0.1:${listener.port}/shop`);
    expect(gone.message).to.include(`postgres://127.0.0.1:${listener.port}/shop cannot be read: nothing listens`);
    expect((await errorOf(purchasesMapping(), 'postgres://h/d?ssl_mode=require')).message).to.include(
      'Did you mean sslmode?',
    );
    expect((await errorOf(purchasesMapping(), 'postgres://h/d?sslmode=prefer')).message).to.include('none of disable');
    expect((await errorOf(purchasesMapping(), 'postgres://h/%zz')).message).to.include('%25');
  });

  it('do not come from a server without TLS on this machine, unless the address asks for it', async () => {
    const { message, actions } = await errorOf(purchasesMapping(), `${database.url}?sslmode=verify-full`);
    expect(message).to.include('does not support SSL');
    expect(actions.join()).to.include('sslmode=disable');
  });
});

describe('the password file', () => {
  it('gives the password of a login, unless others can read it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pgpass-'));
    const path = join(folder, 'pgpass');
    const before = process.env['PGPASSFILE'];
    process.env['PGPASSFILE'] = path;
    try {
      await writeFile(path, '# shop\nother:*:*:*:no\ndb:5432:shop:read\\:er:a\\:b\\\\c\n*:*:*:*:all\n', {
        mode: 0o600,
      });
      const login = { host: 'db', port: 5432, database: 'shop', user: 'read:er' };
      expect(await filedPassword(login)).to.equal('a:b\\c');
      expect(await filedPassword({ ...login, port: 1 })).to.equal('all');
      await chmod(path, 0o644);
      expect(await filedPassword(login)).to.equal(undefined);
    } finally {
      if (before === undefined) delete process.env['PGPASSFILE'];
      else process.env['PGPASSFILE'] = before;
      await rm(folder, { recursive: true });
    }
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('It should have thrown.');
}

/** A server that refuses every login, as PostgreSQL does. */
async function refusingServer(): Promise<AsyncDisposable & { readonly port: number }> {
  const fields = 'SFATAL\0C28P01\0Mpassword authentication failed for user "reader"\0\0';
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + fields.length);
  const listener = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([Buffer.from('E'), length, Buffer.from(fields)])));
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const close = async (): Promise<void> => {
    if (!listener.listening) return;
    listener.close();
    await once(listener, 'close');
  };
  return { port: (listener.address() as AddressInfo).port, [Symbol.asyncDispose]: close };
}
