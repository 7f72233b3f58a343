import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../src/base/sqlite/sqlite.js';
import { NoOutboxError, NotAnOutboxError, OutboxFormatError, SqliteOutbox } from '../../src/outbox/index.js';
import { failureOf } from '../client/loopback.js';
import { purchase, purchases } from '../sync/org/arrayFeed.js';
import { allStates, chunk, done, filled, findAll, packed, refused } from './outboxFixture.js';

/** An outbox of an older format, whatever its tables are. */
const olderFormat = `
  CREATE TABLE item (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
  PRAGMA application_id = 0x53464c4f; PRAGMA user_version = 5;`;

describe('the embedded outbox', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-outbox-'));
    path = join(folder, 'till.outbox');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('settles a large batch in parts, and a process that comes next is in doubt only about the others', async () => {
    const members = Array.from({ length: 2500 }, (_, index) => `M${index}`);
    const outbox = await SqliteOutbox.open(path);
    const run = await filled(outbox, purchases(2500, members));
    await findAll(outbox);
    await findAll(outbox);
    const [batch] = await outbox.delivery.packPositions({ size: 2500, atLeast: 1, count: 1, now: 1000 });
    const positions = batch?.items ?? [];
    const items = await outbox.delivery.readBare(positions);
    const shares = batch?.members.flatMap(({ member, items: count }) => Array.from({ length: count }, () => member));
    expect(items.map(({ member }) => member)).to.deep.equal(shares);
    expect(items.map(({ seq }) => seq)).to.deep.equal(positions);
    expect(items[0]).to.include({ state: 'sent', attempts: 1 });
    const [whole] = await outbox.delivery.read(positions.slice(2400, 2401));
    expect(whole?.journal).to.deep.equal(purchases(2500, members).find(({ key }) => key === items[2400]?.key)?.journal);
    await outbox.delivery.settle(items.slice(0, 1000).map((item) => done(item)));
    const [first, ...others] = items.slice(1000, 2000);
    await outbox.delivery.settle([...others.map((item) => done(item)), { item: first!, to: 'ready', until: 0 }]);
    await outbox.close();
    await using next = await SqliteOutbox.open(path);
    using lock = await next.lock();
    await next.delivery.recover(5000);
    expect(await next.delivery.open()).to.equal(501);
    expect(await next.delivery.dueUnknown(5000, 9999)).to.have.length(500);
    expect((await next.runs.counts(run)).items).to.include({ done: 1999 });
  });

  for (const [what, added] of [
    [
      'members were followed',
      ['touched_member', 'known_progress', 'crossed_threshold', 'latest_run', 'counted_journal'],
    ],
    ['it said which run is at work', ['latest_run', 'counted_journal']],
    ['counted journals had a table of their own', ['counted_journal']],
  ] as const)
    it(`of its format that was made before ${what} opens with all that it has`, async () => {
      const old = await SqliteOutbox.open(path);
      await filled(old, purchases(6, ['A1', 'B2', 'C3']));
      await old.close();
      const db = openDatabase(path);
      for (const table of added) db.exec(`DROP TABLE ${table}`);
      db.close();
      await using outbox = await SqliteOutbox.open(path);
      expect(await outbox.delivery.open()).to.equal(6);
      await outbox.delivery.settle(
        (await packed(outbox)).map((item) => done(item)),
        ['A1', 'a1', 'B2'],
      );
      expect((await outbox.followed.due(0, 10)).map(({ member }) => member)).to.deep.equal(['A1', 'B2']);
      const { id } = await outbox.runs.begin({});
      expect((await outbox.runs.withoutEnd())[0]).to.equal(id);
    });

  describe('keeps', () => {
    it('everything when it is closed and opened again', async () => {
      const first = await SqliteOutbox.open(path);
      const run = await filled(first, purchases(6, ['A1', 'B2', 'C3']));
      const [one, two] = await packed(first);
      await first.delivery.settle([done(one!), refused(two!)]);
      await first.sources.remember('till', { lookUpFirst: true });
      await first.runs.end(run, 'unfinished');
      const before = [await first.runs.find(run), await first.runs.counts(run), [...first.runs.items(run, allStates)]];
      await first.close();

      await using again = await SqliteOutbox.openExisting(path);
      expect([
        await again.runs.find(run),
        await again.runs.counts(run),
        [...again.runs.items(run, allStates)],
      ]).to.deep.equal(before);
      expect((await again.sources.find('till'))?.lookUpFirst).to.equal(true);
      expect(await again.delivery.open()).to.equal(4);
      expect(again.delivery.longestQueue()).to.equal(2);
    });

    it('the time at which each item was stored: the oldest open one is told, until it is done or refused', async () => {
      const clock = { now: () => at, sleep: () => Promise.resolve() };
      let at = 1000;
      const outbox = await SqliteOutbox.open(path, { clock });
      expect(await outbox.delivery.oldestOpen()).to.equal(undefined);
      const run = await filled(outbox, [purchase('1', 'A1')]);
      for (const [key, member] of [
        ['2', 'B2'],
        ['3', 'C3'],
      ] as const) {
        at += 1000;
        await outbox.intake.accept(chunk(run, [purchase(key, member)], { firstLine: Number(key) + 1 }));
        await findAll(outbox);
      }
      expect(await outbox.delivery.oldestOpen()).to.equal(1000);
      const [one, two, three] = await packed(outbox);
      expect(await outbox.delivery.oldestOpen()).to.equal(1000);
      await outbox.delivery.settle([refused(one!)]);
      expect(await outbox.delivery.oldestOpen()).to.equal(2000);
      await outbox.delivery.settle([done(two!)]);
      expect(await outbox.delivery.oldestOpen()).to.equal(3000);
      await outbox.close();
      await using again = await SqliteOutbox.openExisting(path);
      expect(await again.delivery.oldestOpen()).to.equal(3000);
      await again.delivery.settle([done(three!)]);
      expect(await again.delivery.oldestOpen()).to.equal(undefined);
    });

    it('the position of a feed with its rows and its ended groups, and whether it has ended', async () => {
      await using outbox = await SqliteOutbox.open(path);
      const { id } = await outbox.runs.begin({});
      expect(await outbox.intake.progress(id, 'till.csv')).to.equal(undefined);
      await outbox.intake.accept(chunk(id, [], { position: { rows: 3 }, endedGroups: ['536365', '536365'] }));
      expect(await outbox.intake.progress(id, 'till.csv')).to.deep.equal({ position: { rows: 3 }, complete: false });
      expect(outbox.intake.hasEndedGroup(id, 'till.csv', '536365')).to.equal(true);
      expect(outbox.intake.hasEndedGroup(id, 'other.csv', '536365')).to.equal(false);
      await outbox.intake.accept(chunk(id, [], { position: { rows: 4 }, complete: true }));
      expect(await outbox.intake.progress(id, 'till.csv')).to.deep.equal({ position: { rows: 4 }, complete: true });
    });

    it('no group of a chunk that could not be stored', async () => {
      await using outbox = await SqliteOutbox.open(path);
      const { id } = await outbox.runs.begin({});
      await outbox.intake.accept(chunk(id, [], { endedGroups: ['536365'] }));
      const rejection = {
        kind: 'rejection',
        feed: 'till.csv',
        line: 1.5,
        code: 'NO',
        message: 'Half a line.',
      } as never;
      const broken = chunk(id, [], { endedGroups: ['536366'], rejections: [rejection] });
      expect(await outbox.intake.accept(broken).catch(() => 'refused')).to.equal('refused');
      expect(outbox.intake.hasEndedGroup(id, 'till.csv', '536366')).to.equal(false);
      expect(outbox.intake.hasEndedGroup(id, 'till.csv', '536365')).to.equal(true);
    });

    it('how often the keys of a feed have occurred, until it has been read to its end', async () => {
      await using outbox = await SqliteOutbox.open(path);
      const { id } = await outbox.runs.begin({});
      const count = (key: string, feed = 'till.csv'): number => outbox.intake.keyCount(id, feed, key);
      expect(count('A')).to.equal(0);
      await outbox.intake.accept(chunk(id, [], { keyCounts: new Map([['A', 2], ['B', 1]]) })); // prettier-ignore
      await outbox.intake.accept(chunk(id, [], { keyCounts: new Map([['A', 3]]) }));
      expect([count('A'), count('B'), count('A', 'other.csv')]).to.deep.equal([3, 1, 0]);
      await outbox.intake.accept(chunk(id, [], { complete: true }));
      expect(count('A')).to.equal(0);
    });

    it('all of a stretch or nothing of it', async () => {
      await using outbox = await SqliteOutbox.open(path);
      const { id } = await outbox.runs.begin({});
      const unstorable = { ...purchase('2', 'A1'), member: undefined as unknown as string };
      expect(await failureOf(outbox.intake.accept(chunk(id, [purchase('1', 'A1'), unstorable])))).to.be.instanceOf(
        Error,
      );
      expect((await outbox.runs.counts(id)).transactions.made).to.equal(0);
      expect(await outbox.delivery.open()).to.equal(0);
      expect(await outbox.intake.progress(id, 'till.csv')).to.equal(undefined);
    });

    it('runs, which are found by id or as the latest', async () => {
      await using outbox = await SqliteOutbox.open(path);
      const [one, two] = [await outbox.runs.begin({ n: 1 }), await outbox.runs.begin({ n: 2 })];
      expect((await outbox.runs.find())?.settings).to.deep.equal({ n: 2 });
      expect(await outbox.runs.find(one.id)).to.deep.equal(one);
      expect(await outbox.runs.find('none')).to.equal(undefined);
      await outbox.runs.end(two.id, 'interrupted');
      expect((await outbox.runs.find())?.ending).to.equal('interrupted');
      await outbox.runs.resume(two.id);
      expect(await outbox.runs.find()).to.deep.equal(two);
    });
  });

  it('gives each of many runs that begin in one second an id of its own', async () => {
    await using outbox = SqliteOutbox.inMemory();
    const ids = new Set<string>();
    for (let run = 0; run < 1500; run += 1) ids.add((await outbox.runs.begin({})).id);
    expect(ids).to.have.property('size', 1500);
  });

  it('says what each line turned out to be, and what became of it', async () => {
    await using outbox = await SqliteOutbox.open(path);
    const run = await filled(outbox, purchases(2, ['A1', 'B2']));
    await outbox.delivery.settle((await packed(outbox)).map((item) => done(item, '0lV7')));
    const again = [...purchases(3, ['A1', 'B2']), purchase('3', 'C3')];
    expect(await outbox.intake.accept(chunk(run, again, { feed: 'web.csv' }))).to.deep.equal([
      ...['repeatAccepted', 'repeatAccepted', 'new', 'conflict'],
    ]);
    expect(await outbox.find('till:1')).to.include({ state: 'done', journalId: '0lV7', attempts: 1, member: 'A1' });
    expect(await outbox.find('till:3')).to.include({ state: 'ready', feed: 'web.csv', line: 4 });
    expect(await outbox.find('till:4')).to.equal(undefined);
  });

  describe('distinguishes', () => {
    it('keys that differ only in case', async () => {
      await using outbox = await SqliteOutbox.open(path);
      const run = await filled(outbox, [purchase('ab', 'A1'), purchase('AB', 'B2')]);
      expect((await outbox.runs.counts(run)).transactions).to.include({ new: 2, repeated: 0, conflict: 0 });
    });

    it('but not members that differ only in case: they have one queue', async () => {
      await using outbox = await SqliteOutbox.open(path);
      await filled(outbox, [purchase('1', 'm1'), purchase('2', 'M1')]);
      expect(outbox.delivery.longestQueue()).to.equal(2);
      expect((await packed(outbox)).map(({ key }) => key)).to.deep.equal(['till:1']);
      expect(await packed(outbox)).to.be.empty;
    });
  });

  describe('what the org has twice belongs to the next run that can report it', () => {
    /** The feeds of later runs do not have the line any more. */
    async function later(outbox: SqliteOutbox): Promise<string[]> {
      const { id } = await outbox.runs.begin({});
      return [...outbox.runs.items(id, ['doubled'])].map(({ key }) => key);
    }

    for (const [what, outcome] of [
      ['done', done],
      ['refused', refused],
    ] as const)
      it(`when it was ${what} and was found before a run began, and the process died`, async () => {
        await using outbox = await SqliteOutbox.open(path);
        const run = await filled(outbox, purchases(2, ['A1', 'B2']));
        await outbox.delivery.settle((await packed(outbox)).map((item) => outcome(item)));
        await outbox.runs.end(run, 'complete');
        const told = await outbox.runs.counts(run);
        await outbox.delivery.markDoubled(['till:1']);
        await outbox.delivery.markDoubled(['till:1']);
        expect(await outbox.runs.counts(run)).to.deep.equal(told);
        expect(await later(outbox)).to.deep.equal(['till:1']);
      });

    it('when the run that found it was cut off', async () => {
      await using outbox = await SqliteOutbox.open(path);
      const run = await filled(outbox, purchases(2, ['A1', 'B2']));
      await outbox.delivery.settle((await packed(outbox)).map((item) => done(item)));
      await outbox.delivery.markDoubled(['till:1'], run);
      expect(await later(outbox)).to.deep.equal(['till:1']);
    });

    it('and not to one after that', async () => {
      await using outbox = await SqliteOutbox.open(path);
      const run = await filled(outbox, purchases(2, ['A1', 'B2']));
      await outbox.delivery.settle((await packed(outbox)).map((item) => done(item)));
      await outbox.delivery.markDoubled(['till:1'], run);
      await outbox.runs.end(run, 'complete');
      expect(await later(outbox)).to.deep.equal([]);
    });
  });

  it('still counts what somebody has taken out of its tables, and does not send it', async () => {
    await using outbox = await SqliteOutbox.open(path);
    const run = await filled(outbox, purchases(2, ['A1', 'B2']));
    const tables = openDatabase(path);
    tables.exec('DELETE FROM payload WHERE item = 1');
    tables.close();
    expect((await packed(outbox)).map(({ member }) => member)).to.deep.equal(['B2']);
    expect((await outbox.runs.counts(run)).items).to.include({ ready: 1, sent: 1 });
  });

  describe('belongs to its owner', () => {
    it('with all the files beside it, from the moment they are created', async () => {
      await using outbox = await SqliteOutbox.open(path);
      await filled(outbox, purchases(100, ['A1', 'B2']));
      for (const file of [path, `${path}-wal`, `${path}-shm`]) {
        expect((await stat(file)).mode & 0o777, file).to.equal(0o600);
      }
    });

    it('even if it was made readable for others', async () => {
      await (await SqliteOutbox.open(path)).close();
      await chmod(path, 0o644);
      await using outbox = await SqliteOutbox.openExisting(path);
      expect((await stat(outbox.name)).mode & 0o777).to.equal(0o600);
    });

    it('in a folder that is made for it', async () => {
      await using outbox = await SqliteOutbox.open(join(folder, 'state', 'deep', 'till.outbox'));
      expect(outbox.name).to.include('deep');
      expect((await stat(join(folder, 'state'))).mode & 0o777).to.equal(0o700);
    });
  });

  describe('is not opened', () => {
    it('when there is none and one was expected', async () => {
      const error = await failureOf(SqliteOutbox.openExisting(path));
      expect(error).to.be.instanceOf(NoOutboxError);
      expect((error as Error).message).to.include(path);
      expect(await failureOf(stat(path))).to.have.property('code', 'ENOENT');
    });

    it('when a newer version has written it', async () => {
      await (await SqliteOutbox.open(path)).close();
      const newer = openDatabase(path);
      newer.exec('PRAGMA user_version = 99');
      newer.close();
      expect(await failureOf(SqliteOutbox.open(path))).to.have.property(
        'message',
        `The outbox ${path} has format 99; this version reads format 6. It was left as it is.`,
      );
    });

    it('when the file is something else, which is not changed', async () => {
      await writeFile(path, 'Invoice,StockCode,Quantity\n', { mode: 0o644 });
      expect(await failureOf(SqliteOutbox.open(path))).to.be.instanceOf(NotAnOutboxError);
      expect(await readFile(path, 'utf8')).to.equal('Invoice,StockCode,Quantity\n');
      expect((await stat(path)).mode & 0o777).to.equal(0o644);
    });

    it('when an older version has written it, and its transactions stay there', async () => {
      const older = openDatabase(path);
      older.exec(`${olderFormat} INSERT INTO item (key) VALUES ('till:1');`);
      older.close();
      const before = await readFile(path);
      for (const opened of [SqliteOutbox.open(path), SqliteOutbox.openExisting(path), SqliteOutbox.copyOf(path)]) {
        const error = await failureOf(opened);
        expect(error).to.be.instanceOf(OutboxFormatError);
        expect(error).to.have.property(
          'message',
          `The outbox ${path} has format 5; this version reads format 6. It was left as it is.`,
        );
        expect((error as OutboxFormatError).actions.join(' ')).to.include('with the version that wrote it');
      }
      expect(await readFile(path)).to.deep.equal(before);
    });

    for (const version of [0, 1, 2]) {
      it(`when it is the database of somebody else, whose version is ${version}`, async () => {
        const other = openDatabase(path);
        other.exec(`CREATE TABLE customer (id INTEGER); PRAGMA user_version = ${version};`);
        other.close();
        expect(await failureOf(SqliteOutbox.open(path))).to.be.instanceOf(NotAnOutboxError);
      });
    }
  });
});
