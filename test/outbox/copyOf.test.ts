import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { NotAnOutboxError, SqliteOutbox } from '../../src/outbox/index.js';
import { failureOf } from '../client/loopback.js';
import { purchase, purchases } from '../sync/org/arrayFeed.js';
import { allStates, chunk, done, filled, findAll, packed } from './outboxFixture.js';
import { OtherProcess } from './otherProcess.js';
import { ownTemporaryFolder } from './ownTemporaryFolder.js';
import { asAnybody } from './asAnybody.js';

describe('a copy of an outbox', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-original-'));
    path = join(folder, 'till.outbox');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('knows what the original knows', async () => {
    await using original = await SqliteOutbox.open(path);
    await original.claim({ orgId: '00D1', programId: '0lp1', program: 'Harbour Rewards', numberLength: 255 });
    const run = await filled(original, purchases(4, ['A1', 'B2']));
    await original.delivery.settle([done((await packed(original, 1))[0]!)]);
    await using copy = await SqliteOutbox.copyOf(path);
    for (const of of [
      (outbox: SqliteOutbox) => outbox.owner(),
      (outbox: SqliteOutbox) => outbox.runs.find(run),
      (outbox: SqliteOutbox) => outbox.runs.counts(run),
      (outbox: SqliteOutbox) => [...outbox.runs.items(run, allStates)],
      (outbox: SqliteOutbox) => outbox.intake.progress(run, 'till.csv'),
      (outbox: SqliteOutbox) => outbox.delivery.open(),
    ]) {
      expect(await of(copy)).to.deep.equal(await of(original));
    }
    const again = await copy.runs.begin({});
    await copy.intake.accept(chunk(again.id, [purchase('1', 'A1'), purchase('5', 'A1')]));
    expect((await copy.runs.counts(again.id)).transactions).to.include({ known: 1, new: 1 });
  });

  it('can be used while the original is held, and leaves its lock alone', async () => {
    await using original = await SqliteOutbox.open(path);
    using _lock = await original.lock();
    await filled(original, purchases(2, ['A1', 'B2']));
    await using copy = await SqliteOutbox.copyOf(path);
    using _other = await copy.lock();
    expect(await packed(copy)).to.have.length(2);
    expect(await packed(original)).to.have.length(2);
  });

  it('leaves every byte of the original unchanged, and writes no files beside it', async () => {
    const original = await SqliteOutbox.open(path);
    await filled(original, purchases(20, ['A1', 'B2']));
    await original.close();
    const before = [await readFile(path), (await stat(path)).mtimeMs];
    await using copy = await SqliteOutbox.copyOf(path);
    using _lock = await copy.lock();
    await filled(copy, purchases(30, ['A1', 'B2']));
    await findAll(copy);
    await packed(copy);
    await copy.close();
    expect([await readFile(path), (await stat(path)).mtimeMs]).to.deep.equal(before);
    // Reading a database with a log may leave an empty log behind.
    const log = await stat(`${path}-wal`).catch(() => undefined);
    expect(log?.size ?? 0).to.equal(0);
  });

  it('is the state of one moment, even if another process never stops writing', async () => {
    const original = await SqliteOutbox.open(path);
    await filled(original, purchases(30_000, ['A1', 'B2', 'C3']));
    await original.close();
    await using writer = new OtherProcess(`
      const outbox = await SqliteOutbox.open(${JSON.stringify(path)});
      const { id } = await outbox.runs.begin({ from: 'the other process' });
      let rows = 0;
      const write = async () => {
        rows += 1;
        const transaction = { key: 'web:' + rows, member: 'D4', journal: {} };
        await outbox.intake.accept({
          run: id, feed: 'web.csv', transactions: [{ line: rows, transaction }], rejections: [], skipped: 0,
          endedGroups: [], position: rows, complete: false, lookUpFirst: false, acceptsRepeats: false,
        });
        setImmediate(write);
      };
      await write();
      say(id);`);
    const run = String(await writer.said());
    await using copy = await SqliteOutbox.copyOf(path);
    const { rows, items } = await copy.runs.counts(run);
    expect(rows.used).to.be.greaterThan(0);
    expect(items.new).to.equal(rows.used);
    expect((await copy.intake.progress(run, 'web.csv'))?.position).to.equal(rows.used);
  }).timeout(120_000);

  describe('in a folder of its own', () => {
    const temporary = ownTemporaryFolder();

    it('disappears with it when it is closed, and may be closed twice', async () => {
      await (await SqliteOutbox.open(path)).close();
      const copy = await SqliteOutbox.copyOf(path);
      const [own = ''] = await readdir(temporary());
      expect((await stat(join(temporary(), own))).mode & 0o777).to.equal(0o700);
      await copy.close();
      await copy.close();
      expect(await readdir(temporary())).to.deep.equal([]);
    });
  });

  it('has the name of the outbox, also if there is none yet', async () => {
    await using none = await SqliteOutbox.copyOf(path);
    expect(none.name).to.equal(path);
    await (await SqliteOutbox.open(path)).close();
    await using copy = await SqliteOutbox.copyOf(path);
    expect(copy.name).to.equal(path);
  });

  it('of a path that does not exist is an empty outbox, and creates nothing there', async () => {
    await using copy = await SqliteOutbox.copyOf(path);
    expect(await copy.owner()).to.equal(undefined);
    expect(await copy.runs.find()).to.equal(undefined);
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('of a file without tables is an empty outbox', async () => {
    await writeFile(path, '');
    await using copy = await SqliteOutbox.copyOf(path);
    expect(await copy.runs.find()).to.equal(undefined);
    expect(await readFile(path, 'utf8')).to.equal('');
  });

  it('is made through a symbolic link', async () => {
    const original = await SqliteOutbox.open(path);
    const { id } = await original.runs.begin({});
    await original.close();
    await symlink(path, join(folder, 'link.outbox'));
    await using copy = await SqliteOutbox.copyOf(join(folder, 'link.outbox'));
    expect((await copy.runs.find())?.id).to.equal(id);
  });

  it('of something else is refused with the name of the original, and leaves no folder behind', async () => {
    await writeFile(path, 'Invoice,StockCode,Quantity\n'.repeat(50));
    const own = join(folder, 'temporary');
    await mkdir(own);
    const { TMPDIR } = process.env;
    process.env['TMPDIR'] = own;
    try {
      const error = await failureOf(SqliteOutbox.copyOf(path));
      expect(error).to.be.instanceOf(NotAnOutboxError).and.have.property('path', path);
    } finally {
      if (TMPDIR === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = TMPDIR;
    }
    expect(await readdir(own)).to.deep.equal([]);
  });

  it('is independent of later changes of the original', async () => {
    await (await SqliteOutbox.open(path)).close();
    await using copy = await SqliteOutbox.copyOf(path);
    using _lock = await copy.lock();
    await rm(path);
    await filled(copy, purchases(1, ['A1']));
    expect(await packed(copy)).to.have.length(1);
  });

  it('is what is read of an outbox that cannot be written, under its name, and the file stays as it is', async () => {
    const original = await SqliteOutbox.open(path);
    const run = await filled(original, purchases(4, ['A1', 'B2']));
    await original.runs.end(run, 'complete');
    await original.close();
    await chmod(folder, 0o755);
    await chmod(path, 0o444);
    await asAnybody(async () => {
      await using read = await SqliteOutbox.openToRead(path);
      expect(read.name).to.equal(path);
      expect((await read.runs.counts(run)).transactions.new).to.equal(4);
      await read.runs.exported(run, folder, 0);
    });
    expect((await stat(path)).mode & 0o777).to.equal(0o444);
    expect(await readdir(folder)).to.deep.equal(['till.outbox']);
  });
});
