import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../src/base/sqlite.js';
import {
  NoOutboxError,
  NotAnOutboxError,
  OutboxBusyError,
  SqliteOutbox,
  type IntakeChunk,
  type ItemState,
  type OutboxItem,
} from '../../src/outbox/index.js';
import type { Transaction } from '../../src/transaction.js';
import { failureOf } from '../client/loopback.js';
import { purchase, purchases } from '../sync/org/arrayFeed.js';
import { OtherProcess } from './otherProcess.js';

const allStates: readonly ItemState[] = ['held', 'ready', 'sent', 'unknown', 'parked', 'done', 'refused'];
const nobodyAbsent = { code: '', message: () => '' };

function chunk(run: string, transactions: readonly Transaction[], rest: Partial<IntakeChunk> = {}): IntakeChunk {
  return {
    run,
    feed: 'till.csv',
    transactions: transactions.map((transaction, index) => ({ line: index + 2, transaction })),
    rejections: [],
    skipped: 0,
    endedGroups: [],
    position: null,
    complete: false,
    lookUpFirst: false,
    ...rest,
  };
}

/** A run with these transactions, whose members have been found. Returns its id. */
async function filled(outbox: SqliteOutbox, transactions: readonly Transaction[]): Promise<string> {
  const { id } = await outbox.runs.begin({ program: 'Harbour Rewards' });
  await outbox.intake.accept(chunk(id, transactions));
  await outbox.delivery.checkedMembers(await outbox.delivery.uncheckedMembers(1000), [], nobodyAbsent);
  return id;
}

async function packed(outbox: SqliteOutbox, size = 200): Promise<readonly OutboxItem[]> {
  const [batch] = await outbox.delivery.pack({ size, atLeast: 1, count: 1, now: 1000 });
  return batch?.items ?? [];
}

describe('the embedded outbox', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-outbox-'));
    path = join(folder, 'till.outbox');
  });

  afterEach(() => rm(folder, { recursive: true }));

  describe('keeps', () => {
    it('everything when it is closed and opened again', async () => {
      const first = await SqliteOutbox.open(path);
      const run = await filled(first, purchases(6, ['A1', 'B2', 'C3']));
      const [one, two] = await packed(first);
      await first.delivery.settle([
        { item: one!, to: 'done', journalId: '0lV1' },
        { item: two!, to: 'refused', code: 'NO', message: 'Never.' },
      ]);
      await first.intake.rememberSource('till', true);
      await first.runs.end(run, 'unfinished');
      const before = [await first.runs.find(run), await first.runs.counts(run), [...first.runs.items(run, allStates)]];
      await first.close();

      await using again = await SqliteOutbox.openExisting(path);
      expect([
        await again.runs.find(run),
        await again.runs.counts(run),
        [...again.runs.items(run, allStates)],
      ]).to.deep.equal(before);
      expect(await again.intake.looksUpFirst('till')).to.equal(true);
      expect(await again.delivery.open()).to.equal(4);
      expect(again.delivery.longestLane()).to.equal(2);
    });

    it('the position of a feed with its rows, its ended groups, and that it has ended', async () => {
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

    it('runs, found by their id, or the latest', async () => {
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

  describe('tells apart', () => {
    it('the same again from something else under the same key', async () => {
      await using outbox = await SqliteOutbox.open(path);
      const { id } = await outbox.runs.begin({});
      const rows = [purchase('1', 'A1'), purchase('1', 'A1'), purchase('1', 'A1', 'tea'), purchase('1', 'B2')];
      await outbox.intake.accept(chunk(id, rows));
      expect((await outbox.runs.counts(id)).transactions).to.include({
        made: 4,
        accepted: 1,
        duplicate: 1,
        conflict: 2,
      });
      const conflicts = [...outbox.runs.rejects(id)].map(({ kind, line, key }) => ({ kind, line, key }));
      expect(conflicts).to.deep.equal([
        { kind: 'conflict', line: 4, key: 'till:1' },
        { kind: 'conflict', line: 5, key: 'till:1' },
      ]);
    });

    it('what a later run repeats from what it adds', async () => {
      await using outbox = await SqliteOutbox.open(path);
      await filled(outbox, [purchase('1', 'A1')]);
      const second = await filled(outbox, [purchase('1', 'A1'), purchase('2', 'A1'), purchase('1', 'A1', 'tea')]);
      expect((await outbox.runs.counts(second)).transactions).to.include({ accepted: 1, duplicate: 1, conflict: 1 });
    });

    it('keys that differ only in case', async () => {
      await using outbox = await SqliteOutbox.open(path);
      const run = await filled(outbox, [purchase('ab', 'A1'), purchase('AB', 'B2')]);
      expect((await outbox.runs.counts(run)).transactions).to.include({ accepted: 2, duplicate: 0, conflict: 0 });
    });

    it('not members that differ only in case: theirs is one lane', async () => {
      await using outbox = await SqliteOutbox.open(path);
      await filled(outbox, [purchase('1', 'm1'), purchase('2', 'M1')]);
      expect(outbox.delivery.longestLane()).to.equal(2);
      expect((await packed(outbox)).map(({ key }) => key)).to.deep.equal(['till:1']);
      expect(await packed(outbox)).to.be.empty;
    });
  });

  it('says so when its books contradict each other, and sends nothing', async () => {
    await using outbox = await SqliteOutbox.open(path);
    await filled(outbox, purchases(2, ['A1']));
    const books = openDatabase(path);
    books.exec(`UPDATE item SET state = 'done'`);
    books.close();
    expect(await failureOf(packed(outbox))).to.have.property(
      'message',
      'The outbox contradicts itself: the free member A1 has nothing ready.',
    );
  });

  describe('belongs to its owner', () => {
    it('with all the files beside it, from the moment they are made', async () => {
      await using outbox = await SqliteOutbox.open(path);
      await filled(outbox, purchases(100, ['A1', 'B2']));
      for (const file of [path, `${path}-wal`, `${path}-shm`]) {
        expect((await stat(file)).mode & 0o777, file).to.equal(0o600);
      }
    });

    it('also when it was made readable for others', async () => {
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
        `The outbox ${path} has format 99; this version reads format 1. Update the plugin.`,
      );
    });

    it('when the file is something else, which is left as it is', async () => {
      await writeFile(path, 'Invoice,StockCode,Quantity\n', { mode: 0o644 });
      expect(await failureOf(SqliteOutbox.open(path))).to.be.instanceOf(NotAnOutboxError);
      expect(await readFile(path, 'utf8')).to.equal('Invoice,StockCode,Quantity\n');
      expect((await stat(path)).mode & 0o777).to.equal(0o644);
    });

    it('when it is the database of somebody else', async () => {
      const other = openDatabase(path);
      other.exec('CREATE TABLE customer (id INTEGER)');
      other.close();
      expect(await failureOf(SqliteOutbox.open(path))).to.be.instanceOf(NotAnOutboxError);
    });
  });

  describe('is delivered by one process', () => {
    const holds = (): OtherProcess =>
      new OtherProcess(`
        const outbox = await SqliteOutbox.open(${JSON.stringify(path)});
        await outbox.lock();
        say('locked');
        forEver(outbox);`);

    it('a second one is refused, and told which process has it', async () => {
      await using other = holds();
      expect(await other.said()).to.equal('locked');
      await using outbox = await SqliteOutbox.open(path);
      const error = await failureOf(outbox.lock());
      expect(error).to.be.instanceOf(OutboxBusyError);
      expect(error).to.have.property('holder', `process ${other.pid} on ${hostname()}`);
      expect((error as Error).message)
        .to.include(path)
        .and.to.include(String(other.pid));
    });

    it('the one that has it is named, not one that was killed before it', async () => {
      await using first = holds();
      await first.said();
      await first.kill();
      await using second = holds();
      expect(await second.said()).to.equal('locked');
      await using outbox = await SqliteOutbox.open(path);
      expect(await failureOf(outbox.lock())).to.have.property('holder', `process ${second.pid} on ${hostname()}`);
    });

    it('a killed one gives it back at once', async () => {
      await using other = holds();
      await other.said();
      await other.kill();
      await using outbox = await SqliteOutbox.open(path);
      await outbox.lock();
    });

    it('also within one process, until it is closed; the same handle may ask twice', async () => {
      await using first = await SqliteOutbox.open(path);
      await first.lock();
      await first.lock();
      await using second = await SqliteOutbox.open(path);
      expect(await failureOf(second.lock())).to.be.instanceOf(OutboxBusyError);
      await first.close();
      await second.lock();
    });

    it('others may read meanwhile', async () => {
      await using outbox = await SqliteOutbox.open(path);
      await outbox.lock();
      const run = await filled(outbox, purchases(3, ['A1', 'B2', 'C3']));
      await using reader = new OtherProcess(`
        await using outbox = await SqliteOutbox.openExisting(${JSON.stringify(path)});
        say((await outbox.runs.counts(${JSON.stringify(run)})).transactions.ready);`);
      expect(await reader.said()).to.equal(3);
    });

    it('a lock that cannot be made is no lock of somebody else', async () => {
      await using outbox = await SqliteOutbox.open(path);
      await writeFile(`${path}-lock`, 'not a database, but longer than its header'.repeat(100));
      expect(await failureOf(outbox.lock())).to.not.be.instanceOf(OutboxBusyError);
    });

    it('many that make it at the same time find one outbox', async () => {
      const open = `
        await using outbox = await SqliteOutbox.open(${JSON.stringify(path)});
        say((await outbox.runs.begin({})).id);`;
      await using first = new OtherProcess(open);
      await using second = new OtherProcess(open);
      await using third = new OtherProcess(open);
      const ids = await Promise.all([first, second, third].map((other) => other.said()));
      await using outbox = await SqliteOutbox.openExisting(path);
      for (const id of ids) expect((await outbox.runs.find(String(id)))?.id).to.equal(id);
    });
  });
});
