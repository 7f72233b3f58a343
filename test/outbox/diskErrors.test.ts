import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../src/base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../src/base/sqlite/sqlite.js';
import { explainedError } from '../../src/cli/errors/actionableErrors.js';
import {
  NotAnOutboxError,
  OutboxBusyError,
  OutboxDamagedError,
  OutboxDiskError,
  SqliteOutbox,
} from '../../src/outbox/index.js';
import { explainOutbox } from '../../src/outbox/sqlite/explainOutbox.js';
import { attempt } from '../../src/sync/attempt.js';
import { failureOf } from '../client/loopback.js';

describe('a disk that fails under an outbox', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'disk-'));
    path = join(folder, 'till.outbox');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (options: { readOnly?: boolean } = {}): DatabaseSync =>
    openDatabase(path, { timeout: 0, explain: explainOutbox(path), ...options });

  function used(work: (db: DatabaseSync) => unknown, options?: { readOnly: boolean }): Error {
    const db = open(options);
    try {
      work(db);
    } catch (error) {
      if (error instanceof Error) return error;
    } finally {
      db.close();
    }
    throw new Error('Nothing was thrown.');
  }

  /** As a command says it, too. */
  function expectDiskError(error: Error, code: string): void {
    expect(error).to.be.instanceOf(OutboxDiskError);
    expect(error).to.include({ path, code });
    expect(error.message).to.include(path);
    expect(error.cause).to.have.property('errcode');
    const explained = explainedError(error);
    expect(explained.name).to.equal('OutboxDiskError');
    expect(explained)
      .to.have.property('actions')
      .that.satisfies((actions: string[]) => {
        return actions.join(' ').includes('sf loyalty sync resume');
      });
  }

  const fill = (db: DatabaseSync): void => {
    db.exec('CREATE TABLE t (x); INSERT INTO t VALUES (1); PRAGMA max_page_count = 2');
  };
  const big = 'INSERT INTO t SELECT randomblob(100000)';

  for (const [how, work] of [
    ['a script', (db) => db.exec(big)],
    ['a statement', (db) => db.prepare(big).run()],
    ['a row', (db) => db.prepare(`${big} RETURNING 1`).get()],
    ['all rows', (db) => db.prepare(`${big} RETURNING 1`).all()],
    ['one row after the other', (db) => [...db.prepare(`${big} RETURNING 1`).iterate()]],
  ] as const satisfies (readonly [string, (db: DatabaseSync) => unknown])[]) {
    it(`is told with path and next step when it is full, whatever was asked for: ${how}`, () => {
      expectDiskError(
        used((db) => {
          fill(db);
          work(db);
        }),
        'full',
      );
    });
  }

  it('is told with path and next step when it cannot be written to', () => {
    used((db) => {
      fill(db);
      throw new Error('Made.');
    });
    expectDiskError(
      used((db) => db.exec(big), { readOnly: true }),
      'readOnly',
    );
  });

  it('is told with path and next step when a file cannot be opened', () => {
    expectDiskError(
      used((db) => db.exec(`ATTACH '${join(folder, 'none', 'x')}' AS x`)),
      'cannotOpen',
    );
  });

  it('is told by name when a link leads nowhere', async () => {
    const link = join(folder, 'link.sqlite');
    symlinkSync(join(folder, 'nowhere.sqlite'), link);
    expect(await failureOf(SqliteOutbox.open(link))).to.include({ code: 'EDANGLING', path: link });
  });

  it('is told by name when the file is damaged, is something else, or another program holds it', async () => {
    writeFileSync(path, 'no database, but long enough to have the header of one'.repeat(100));
    expect(await failureOf(SqliteOutbox.open(path))).to.be.instanceOf(NotAnOutboxError);
    expect(used((db) => db.exec('SELECT 1 FROM t'))).to.be.instanceOf(NotAnOutboxError);

    rmSync(path);
    used((db) => {
      fill(db);
      throw new Error('Made.');
    });
    const other = open();
    other.exec('BEGIN EXCLUSIVE');
    expect(used((db) => db.exec(big))).to.be.instanceOf(OutboxBusyError);
    other.close();

    const corrupt = Object.assign(new Error('database disk image is malformed'), { errcode: 11 + 256 });
    expect(explainOutbox(path)(corrupt)).to.be.instanceOf(OutboxDamagedError).and.include({ path });
  });

  it('is never taken for an answer of the org', async () => {
    const error = explainOutbox(path)(Object.assign(new Error('full'), { errcode: 13 }));
    expect(await failureOf(attempt(1, () => Promise.reject(error as Error)))).to.equal(error);
  });

  it('may be a device or a pipe, which is no outbox and is left alone', async function () {
    if (process.platform === 'win32') this.skip();
    expect(await failureOf(SqliteOutbox.open('/dev/null'))).to.be.instanceOf(NotAnOutboxError);
  });

  it('is named by its lock file when that is something else', async () => {
    writeFileSync(`${path}-lock`, 'no database, but long enough to have the header of one'.repeat(100));
    await using outbox = await SqliteOutbox.open(path);
    const error = (await failureOf(outbox.lock())) as Error;
    expect(error).to.be.instanceOf(NotAnOutboxError);
    expect(error.message).to.include(`The file ${path}-lock is not the lock file of an outbox, and was left as it is.`);
  });

  it('keeps nothing of an outbox in which nothing was stored, and advises no resume', async function () {
    if (process.platform !== 'linux') this.skip();
    const error = (await failureOf(SqliteOutbox.open('/proc/self/environ'))) as Error;
    expect(error).to.be.instanceOf(OutboxDiskError).and.to.include({ isEmpty: true });
    expect(error.message).to.match(/Nothing was stored in it\.$/);
    const { actions } = explainedError(error) as Error & { actions: string[] };
    expect(actions.join(' ')).to.match(/repeat the command, or name another file\.$/);

    const script = `
      const { SqliteOutbox } = await import(${JSON.stringify(new URL('../../src/outbox/index.ts', import.meta.url).href)});
      process.on('SIGXFSZ', () => undefined);
      await SqliteOutbox.open(${JSON.stringify(path)}).catch(({ message }) => console.log(message));`;
    const shell = 'ulimit -f 60; exec "$@"';
    const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', script];
    const printed = execFileSync('sh', ['-c', shell, 'sh', ...node], { encoding: 'utf8' });
    expect(printed).to.match(/Nothing was stored in it\.$/m);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('has no file beside the outbox that others can read', async function () {
    if (process.platform === 'win32') this.skip();
    await using outbox = await SqliteOutbox.open(path);
    using lock = await outbox.lock();
    for (const suffix of ['', '-wal', '-shm', '-lock']) {
      expect(statSync(path + suffix).mode & 0o777, suffix).to.equal(0o600);
    }
  });
});
