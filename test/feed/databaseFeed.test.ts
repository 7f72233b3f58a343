import { expect } from 'chai';
import fc from 'fast-check';
import type { Client } from 'pg';
import { databaseFeed, endedGroupsInMemory, FeedError } from '../../src/feed/index.js';
import type { DatabaseFeedOptions, Feed, FeedNote, FeedPosition } from '../../src/feed/index.js';
import { FeedDatabase, purchasesMapping, sleepingClock } from '../support/feedDatabase.js';
import { PostgresServer } from '../support/postgresServer.js';
import { outcome, readAll, readPart, rejections, thrown } from './reading.js';

const byTime = '{ table: purchases, orderBy: [at, id], lag: 60 }';

describe('a database as a feed', function () {
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

  const open = (options: DatabaseFeedOptions = {}, mapping = purchasesMapping()): Promise<Feed> =>
    databaseFeed(database.url, mapping, options);
  const keysOf = async (feed: Feed, from?: FeedPosition): Promise<string[]> =>
    (await readAll(feed, { from })).map(outcome);
  const insert = (count: number): Promise<unknown> =>
    database.run(`INSERT INTO purchases (amount) SELECT n FROM generate_series(1, ${count}) n`);

  it('has the same rows whatever the size of a page, and wherever reading was interrupted', async () => {
    await insert(40);
    await database.run('DELETE FROM purchases WHERE id % 7 = 3');
    const whole = await readAll(await open());
    expect(whole).to.have.length(34);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 33 }), async (pageRows, limit) => {
        const feed = await open({ pageRows });
        const { entries, position } = await readPart(feed, { limit });
        const rest = await readPart(feed, { from: position });
        expect([...entries, ...rest.entries]).to.deep.equal(whole);
        expect(rest.position.rows).to.equal(34);
      }),
      { numRuns: 12 },
    );
  });

  it('loses no row and has none twice, however transactions overlap while it is read', async () => {
    const writers = await Promise.all([1, 2, 3].map(() => database.connect()));
    const step = fc.tuple(
      fc.integer({ min: 0, max: 2 }),
      fc.constantFrom('insert', 'insert', 'COMMIT', 'ROLLBACK', 'read'),
    );
    const feed = await open({ patience: 0 });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 30 }), async (steps) => {
        await database.run('TRUNCATE purchases');
        for (const writer of writers) await writer.query('BEGIN');
        const read: string[] = [];
        let from: FeedPosition | undefined;
        const readOn = async (): Promise<void> => {
          const { entries, position } = await readPart(feed, { from });
          read.push(...entries.map(outcome));
          if (entries.length > 0) from = position;
        };
        for (const [index, what] of steps) {
          if (what === 'read') await readOn();
          else await takeStep(writers[index]!, what);
        }
        for (const writer of writers) await writer.query('COMMIT');
        await readOn();
        const committed = await database.run('SELECT id FROM purchases ORDER BY id');
        expect(read).to.deep.equal(committed.map(({ id }) => `till:${String(id)}`));
      }),
      { numRuns: 15 },
    );
  });

  it('waits for a transaction that has taken a number and not committed it yet, or leaves the rows behind it', async () => {
    const late = await database.connect();
    await late.query('BEGIN');
    await late.query('INSERT INTO purchases DEFAULT VALUES');
    await insert(1);
    const left: FeedNote[] = [];
    expect(await readAll(await open({ patience: 0 }), { onRowsLeft: (note) => left.push(note) })).to.be.empty;
    expect(left[0])
      .to.include({ code: 'rows-held-back' })
      .and.have.property('message')
      .that.matches(/process \d+ of/);
    const clock = sleepingClock(() => late.query('COMMIT'));
    expect(await keysOf(await open({ clock }))).to.deep.equal(['till:1', 'till:2']);
  });

  it('waits for a number that was taken before the row is written', async () => {
    const late = await database.connect();
    await late.query('BEGIN');
    await late.query(`SELECT nextval('purchases_id_seq')`);
    await insert(1);
    let commits = 0;
    const clock = sleepingClock(async () => {
      commits += 1;
      if (commits > 1) return;
      await late.query('INSERT INTO purchases (id) OVERRIDING SYSTEM VALUE VALUES (1)');
      await late.query('COMMIT');
    });
    expect(await keysOf(await open({ clock }))).to.deep.equal(['till:1', 'till:2']);
  });

  it('does not wait for transactions that only read, such as a backup', async () => {
    const reader = await database.connect();
    await insert(2);
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await reader.query('SELECT * FROM purchases');
    expect(await keysOf(await open({ patience: 0 }))).to.have.length(2);
  });

  it('has a row again when it was updated, and only after the lag', async () => {
    await insert(3);
    const slept: number[] = [];
    const feed = await open({ clock: sleepingClock((ms) => slept.push(ms)) }, purchasesMapping(byTime));
    const { entries, position } = await readPart(feed);
    expect(entries.map(outcome)).to.deep.equal(['till:1', 'till:2', 'till:3']);
    expect(slept.at(-1)).to.equal(60_000);
    expect(await keysOf(feed, position)).to.be.empty;
    await database.run(`UPDATE purchases SET at = '2026-04-03T00:00:00.000001Z', amount = 9 WHERE id = 2`);
    const again = await readPart(feed, { from: position });
    expect(again.entries.map(outcome)).to.deep.equal(['till:2']);
    await database.run(`UPDATE purchases SET at = '2026-04-03T00:00:00.000002Z' WHERE id = 1`);
    expect(await keysOf(feed, again.position), 'the next microsecond').to.deep.equal(['till:1']);
  });

  it('has a row with a time in the future only when that time has come', async () => {
    await insert(2);
    await database.run(`UPDATE purchases SET at = now() + interval '1 year' WHERE id = 1`);
    const feed = await open({ clock: sleepingClock() }, purchasesMapping(byTime));
    const { entries, position } = await readPart(feed);
    expect(entries.map(outcome)).to.deep.equal(['till:2']);
    await database.run(`UPDATE purchases SET at = now() WHERE id = 1`);
    expect(await keysOf(feed, position)).to.deep.equal(['till:1']);
  });

  it('has numbers with all their digits, times with their offset, and values within JSON', async () => {
    await database.run(`
      ALTER TABLE purchases ADD exact numeric, ADD large bigint, ADD local timestamp, ADD day date, ADD bin float8, ADD doc json, ADD tags text[];
      SET TimeZone = 'America/New_York';
      INSERT INTO purchases (at, amount, exact, large, local, day, bin, doc, tags) VALUES
        ('2026-11-01 01:30:00-04', 0.10, 12345678901234567890.123456789, 9007199254740993, '2026-03-29 03:30', '2026-04-02', 0.1,
         E'{"order":\n {"id": 12345678901234567890, "total": 1.50, "none": null}}', '{a,b}'),
        ('2026-11-01 01:30:00-05', 'NaN', NULL, NULL, NULL, NULL, NULL, NULL, NULL)`);
    const fields = `
  Exact__c: exact
  Large__c: large
  Local__c: { date: local, zone: Europe/Vienna }
  Day__c: day
  Float__c: bin
  Order__c: doc.order.id
  Total__c: { expression: 'doc.order.total' }
  First__c: { expression: 'tags[0]' }
  None__c: doc.order.none
`;
    const [first, second] = await readAll(await open({}, purchasesMapping(undefined, fields)));
    expect(first).to.have.nested.property('transaction.journal').that.deep.includes({
      ActivityDate: '2026-11-01T05:30:00.000Z',
      TransactionAmount: '0.1',
      Exact__c: '12345678901234567890.123456789',
      Large__c: '9007199254740993',
      Local__c: '2026-03-29T01:30:00.000Z',
      Day__c: '2026-04-02',
      Float__c: '0.1',
      Order__c: '12345678901234567890',
      Total__c: 1.5,
      First__c: 'a',
    });
    expect(first).to.not.have.nested.property('transaction.journal.None__c');
    expect(rejections([second!])[0]).to.include({
      reason: 'unreadable-number',
      line: 2,
      column: 'amount',
      value: 'NaN',
    });
    expect(rejections([second!])[0]!.message).to.include('purchases row 2 (id 2): amount "NaN"');
  });

  it('reads on in another connection when the server was restarted', async () => {
    await insert(20);
    const reading = (await open({ pageRows: 10 })).read({ endedGroups: endedGroupsInMemory() })[Symbol.asyncIterator]();
    const first = await reading.next();
    await server.end();
    const rest = reading.next();
    await server.begin();
    const keys = [first, await rest].flatMap(({ value }) => (value as { entries: never[] }).entries.map(outcome));
    expect(keys).to.have.length(20);
    expect(new Set(keys).size).to.equal(20);
    expect((await reading.next()).done).to.equal(true);
  });

  it('ends between two pages when it is aborted, and at once while it waits', async () => {
    await insert(20);
    const stop = new AbortController();
    const feed = await open({ pageRows: 10 });
    for await (const { entries } of feed.read({ endedGroups: endedGroupsInMemory(), signal: stop.signal })) {
      expect(entries).to.have.length(10);
      stop.abort();
    }
    const late = await database.connect();
    await late.query('BEGIN');
    await late.query('INSERT INTO purchases DEFAULT VALUES');
    const again = new AbortController();
    const clock = sleepingClock(() => again.abort());
    expect(await readAll(await open({ clock }), { signal: again.signal })).to.be.empty;
  });

  it('rejects a row that is too large without fetching it, and keeps pages of large rows small', async () => {
    await database.run(`
      ALTER TABLE purchases ADD note text;
      INSERT INTO purchases (note) SELECT repeat('x', 900000) FROM generate_series(1, 12);
      INSERT INTO purchases (note) VALUES (repeat('y', 3000000)), ('z')`);
    const sizes: number[] = [];
    const entries = [];
    for await (const stretch of (await open()).read({ endedGroups: endedGroupsInMemory() })) {
      sizes.push(stretch.entries.length);
      entries.push(...stretch.entries);
    }
    expect(entries.map(outcome).slice(-2)).to.deep.equal(['row-too-long', 'till:14']);
    expect(rejections(entries)[0]!.raw.length).to.be.below(1100);
    expect(Math.max(...sizes)).to.equal(10);
  });

  it('rejects a row that is so large that the server cannot write it, and reads the others', async () => {
    await insert(6);
    await database.run(`
      CREATE FUNCTION content(id bigint) RETURNS text STABLE LANGUAGE plpgsql AS $$
        BEGIN IF id IN (2, 5) THEN RAISE 'too large' USING ERRCODE = '54000'; END IF; RETURN 'x'; END $$`);
    const query = '{ query: "SELECT *, content(id) AS content FROM purchases", orderBy: id }';
    for (const pageRows of [1, 3, 10]) {
      const entries = await readAll(await open({ pageRows }, purchasesMapping(query)));
      const large = 'row-too-long';
      expect(entries.map(outcome)).to.deep.equal(['till:1', large, 'till:3', 'till:4', large, 'till:6']);
      expect(rejections(entries)[0]!.message).to.include('row 2 (id 2)');
    }
  });

  it('refuses to read on in another table or order', async () => {
    await insert(1);
    const { position: from } = await readPart(await open());
    await database.run('ALTER TABLE purchases ADD number int UNIQUE; UPDATE purchases SET number = id');
    const other = await open({}, purchasesMapping('{ table: purchases, orderBy: number }'));
    expect(await thrown(() => readAll(other, { from }))).to.include({ code: 'position-refused' });
    expect(other.continuesFrom?.(from)).to.equal(false);
    expect((await open()).continuesFrom?.(from)).to.equal(true);
  });

  it('notes that a table was emptied and counts from the beginning again', async () => {
    await insert(5);
    const { position: from } = await readPart(await open());
    await database.run('TRUNCATE purchases RESTART IDENTITY');
    await insert(2);
    const notes: FeedNote[] = [];
    expect(await readAll(await open(), { from, onNote: (note) => notes.push(note) })).to.be.empty;
    expect(notes.map(({ code }) => code)).to.deep.equal(['rows-in-front']);
  });

  it('fails when two rows have the same place, wherever a page ends', async () => {
    await database.run('ALTER TABLE purchases ADD number int');
    await insert(4);
    await database.run('UPDATE purchases SET number = CASE id WHEN 3 THEN 2 ELSE id END');
    for (const pageRows of [1, 2, 3, 10]) {
      const feed = await open({ pageRows }, purchasesMapping('{ table: purchases, orderBy: number }'));
      expect(feed.notes?.map(({ code }) => code)).to.deep.equal(['order-not-unique', 'order-not-indexed']);
      const error = await thrown(() => readAll(feed));
      expect(error)
        .to.be.instanceOf(FeedError)
        .and.have.property('message')
        .that.includes('same place in its order: (2)');
    }
  });

  it('fails when a column is dropped while it is read', async () => {
    await insert(20);
    const reading = (await open({ pageRows: 10 })).read({ endedGroups: endedGroupsInMemory() })[Symbol.asyncIterator]();
    await reading.next();
    await database.run('ALTER TABLE purchases DROP amount');
    expect(await thrown(() => reading.next())).to.include({ code: 'rows-failed' });
  });
});

async function takeStep(writer: Client, what: string): Promise<void> {
  if (what === 'insert') {
    await writer.query('INSERT INTO purchases DEFAULT VALUES');
    return;
  }
  await writer.query(what);
  await writer.query('BEGIN');
}
