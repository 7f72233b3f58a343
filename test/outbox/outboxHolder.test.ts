import { link, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../src/base/sqlite/sqlite.js';
import { LinkedOutboxError, OutboxBusyError, OutboxTakenError, SqliteOutbox } from '../../src/outbox/index.js';
import type { Delivery, OutboxItem } from '../../src/outbox/index.js';
import { failureOf } from '../client/loopback.js';
import { purchases } from '../sync/org/arrayFeed.js';
import { allStates, chunk, done, filled, packed } from './outboxFixture.js';
import { OtherProcess } from './otherProcess.js';

describe('an outbox is delivered by one caller', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-outbox-'));
    path = join(folder, 'till.outbox');
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** A process that holds the outbox until it is killed. */
  const holds = (at = path): OtherProcess =>
    new OtherProcess(`
      const outbox = await SqliteOutbox.open(${JSON.stringify(at)});
      const lock = await outbox.lock();
      say('locked');
      forEver([outbox, lock]);`);

  /** A process that has locked the file beside the outbox, and has written nothing into the outbox yet. */
  const holdsLockFile = async (): Promise<OtherProcess> => {
    const other = new OtherProcess(`
      const { DatabaseSync } = await import('node:sqlite');
      const guard = new DatabaseSync(${JSON.stringify(`${path}-lock`)});
      guard.exec('BEGIN EXCLUSIVE');
      say('locked');
      forEver([guard]);`);
    await other.said();
    return other;
  };

  /** Returns the answer to a process that asks for the outbox. */
  const asked = async (at: string): Promise<unknown> => {
    await using other = new OtherProcess(`
      await using outbox = await SqliteOutbox.open(${JSON.stringify(at)});
      try {
        using lock = await outbox.lock();
        say('locked');
      } catch (error) {
        say(error.name + ': ' + error.holder);
      }`);
    return await other.said();
  };

  const thisProcess = `process ${process.pid} on ${hostname()}`;

  describe('of one process', () => {
    it('a second caller on the same object is refused, and the error says why', async () => {
      await using outbox = await SqliteOutbox.open(path);
      using _lock = await outbox.lock();
      const error = await failureOf(outbox.lock());
      expect(error).to.be.instanceOf(OutboxBusyError);
      expect(error).to.have.property('holder', `another caller in this process (${process.pid})`);
    });

    it('a second caller on an outbox in memory is refused', async () => {
      await using outbox = SqliteOutbox.inMemory();
      using _lock = await outbox.lock();
      expect(await failureOf(outbox.lock())).to.be.instanceOf(OutboxBusyError);
      await using other = SqliteOutbox.inMemory();
      using _other = await other.lock();
    });

    it('a second object of the same path is refused', async () => {
      await using first = await SqliteOutbox.open(path);
      using _lock = await first.lock();
      await using second = await SqliteOutbox.open(path);
      expect(await failureOf(second.lock())).to.be.instanceOf(OutboxBusyError);
    });

    it('a second object through a symbolic link is refused', async () => {
      await using first = await SqliteOutbox.open(path);
      using _lock = await first.lock();
      await symlink(path, join(folder, 'link.outbox'));
      await using second = await SqliteOutbox.open(join(folder, 'link.outbox'));
      expect(second.name).to.equal(first.name);
      expect(await failureOf(second.lock())).to.be.instanceOf(OutboxBusyError);
    });

    it('a second object through a linked folder is refused', async () => {
      await using first = await SqliteOutbox.open(path);
      using _lock = await first.lock();
      await symlink(folder, `${folder}-link`);
      try {
        await using second = await SqliteOutbox.open(join(`${folder}-link`, 'till.outbox'));
        expect(await failureOf(second.lock())).to.be.instanceOf(OutboxBusyError);
      } finally {
        await rm(`${folder}-link`);
      }
    });

    it('a second object is refused when the lock file has been deleted', async () => {
      await using first = await SqliteOutbox.open(path);
      using _lock = await first.lock();
      await rm(`${path}-lock`);
      await using second = await SqliteOutbox.open(path);
      expect(await failureOf(second.lock())).to.be.instanceOf(OutboxBusyError);
    });

    it('the lock is free for the next caller, but only one, once it is released', async () => {
      await using first = await SqliteOutbox.open(path);
      const lock = await first.lock();
      lock[Symbol.dispose]();
      await using second = await SqliteOutbox.open(path);
      using _lock = await second.lock();
      lock[Symbol.dispose]();
      expect(await failureOf(first.lock())).to.be.instanceOf(OutboxBusyError);
      expect(await asked(path)).to.equal(`OutboxBusyError: ${thisProcess}`);
    });

    it('closing releases it, and a lock that is released later does no harm', async () => {
      const first = await SqliteOutbox.open(path);
      const lock = await first.lock();
      await first.close();
      lock[Symbol.dispose]();
      expect(await asked(path)).to.equal('locked');
    });

    it('opening and closing the file while it is held leaves the lock alone', async () => {
      await using first = await SqliteOutbox.open(path);
      using _lock = await first.lock();
      await (await SqliteOutbox.open(path)).close();
      await (await SqliteOutbox.copyOf(path)).close();
      expect(await asked(path)).to.equal(`OutboxBusyError: ${thisProcess}`);
    });
  });

  describe('of all processes', () => {
    it('a second one is refused, and the error names the process that has it', async () => {
      await using other = holds();
      expect(await other.said()).to.equal('locked');
      await using outbox = await SqliteOutbox.open(path);
      const error = await failureOf(outbox.lock());
      expect(error).to.be.instanceOf(OutboxBusyError);
      expect(error).to.have.property('holder', `process ${other.pid} on ${hostname()}`);
      expect(error).to.have.property('message').that.includes(path).and.includes(String(other.pid));
    });

    it('one that comes through a symbolic link is refused', async () => {
      await using outbox = await SqliteOutbox.open(path);
      using _lock = await outbox.lock();
      await symlink(path, join(folder, 'link.outbox'));
      expect(await asked(join(folder, 'link.outbox'))).to.equal(`OutboxBusyError: ${thisProcess}`);
    });

    it('one is refused while the holder lives, even if the lock file has been deleted', async () => {
      await using outbox = await SqliteOutbox.open(path);
      using _lock = await outbox.lock();
      await rm(`${path}-lock`);
      expect(await asked(path)).to.equal(`OutboxBusyError: ${thisProcess}`);
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

    it('one that was killed is not named while the one that came after it has not written its name', async () => {
      const dead = holds();
      await dead.said();
      await dead.kill();
      await using _nameless = await holdsLockFile();
      expect(await asked(path)).to.equal('OutboxBusyError: another process');
    });

    it('a killed one releases it immediately', async () => {
      await using other = holds();
      await other.said();
      await other.kill();
      await using outbox = await SqliteOutbox.open(path);
      using _lock = await outbox.lock();
    });

    it('a killed one releases it immediately, even if its parent has not read its exit status', async function () {
      if (process.platform !== 'linux') this.skip();
      await using uncollected = new OtherProcess(uncollectedHolder(path));
      const pid = await uncollected.said();
      expect(pid).to.be.a('number');
      await using outbox = await SqliteOutbox.open(path);
      using _lock = await outbox.lock();
    });

    it('one that ends normally leaves it to the next', async () => {
      expect(await asked(path)).to.equal('locked');
      await using outbox = await SqliteOutbox.open(path);
      using _lock = await outbox.lock();
    });

    it('others may read meanwhile', async () => {
      await using outbox = await SqliteOutbox.open(path);
      using _lock = await outbox.lock();
      const run = await filled(outbox, purchases(3, ['A1', 'B2', 'C3']));
      await using reader = new OtherProcess(`
        await using outbox = await SqliteOutbox.openExisting(${JSON.stringify(path)});
        say((await outbox.runs.counts(${JSON.stringify(run)})).items.ready);`);
      expect(await reader.said()).to.equal(3);
    });

    it('a lock that cannot be created is not reported as held by another', async () => {
      await using outbox = await SqliteOutbox.open(path);
      await writeFile(`${path}-lock`, 'not a database, but longer than its header'.repeat(100));
      expect(await failureOf(outbox.lock())).to.not.be.instanceOf(OutboxBusyError);
    });

    it('many that create it at the same time find the same outbox', async () => {
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

  describe('is held, as anybody can see', () => {
    const isHeld = async (): Promise<boolean> => {
      await using outbox = await SqliteOutbox.openToRead(path);
      return await outbox.isHeld();
    };
    /** As if the holder were a process of another machine, which says nothing of whether it is alive. */
    const moveHolder = (): void => {
      const db = openDatabase(path);
      db.exec(`UPDATE holder SET host = 'till-2'`);
      db.close();
    };

    it('by a caller of this process, until the lock is released', async () => {
      await using outbox = await SqliteOutbox.open(path);
      expect(await isHeld()).to.equal(false);
      const lock = await outbox.lock();
      expect([await outbox.isHeld(), await isHeld()]).to.deep.equal([true, true]);
      lock[Symbol.dispose]();
      expect([await outbox.isHeld(), await isHeld()]).to.deep.equal([false, false]);
    });

    it('by another process, until it is killed', async () => {
      await using other = holds();
      await other.said();
      expect(await isHeld()).to.equal(true);
      await other.kill();
      expect(await isHeld()).to.equal(false);
    });

    it('by another process whose lock file has been deleted', async () => {
      await using other = holds();
      await other.said();
      await rm(`${path}-lock`);
      expect(await isHeld()).to.equal(true);
    });

    it('by a process of another machine, until it is killed', async () => {
      await using other = holds();
      await other.said();
      moveHolder();
      expect(await isHeld()).to.equal(true);
      await other.kill();
      expect(await isHeld()).to.equal(false);
    });

    it('and looking changes nothing in it', async () => {
      await using other = holds();
      await other.said();
      await other.kill();
      const holder = (): unknown => {
        const db = openDatabase(path, { readOnly: true });
        const row = { ...db.prepare('SELECT * FROM holder').get() };
        db.close();
        return row;
      };
      const before = holder();
      expect(before).to.have.property('pid', other.pid);
      await isHeld();
      expect(holder()).to.deep.equal(before);
    });
  });

  describe('is not opened by a hard link', () => {
    it('under the new name or the old one', async () => {
      await (await SqliteOutbox.open(path)).close();
      const second = join(folder, 'second.outbox');
      await link(path, second);
      for (const name of [path, second]) {
        for (const opened of [SqliteOutbox.open(name), SqliteOutbox.openExisting(name), SqliteOutbox.copyOf(name)]) {
          expect(await failureOf(opened))
            .to.be.instanceOf(LinkedOutboxError)
            .and.have.property('path', name);
        }
      }
      await rm(second);
      await (await SqliteOutbox.open(path)).close();
    });
  });

  describe('stores no intent and no outcome', () => {
    type Work = readonly [string, (delivery: Delivery, sent: readonly OutboxItem[]) => Promise<unknown>];
    const work: readonly Work[] = [
      ['pack', (delivery) => delivery.pack({ size: 10, atLeast: 1, count: 1, now: 1000 })],
      ['repack', (delivery, sent) => delivery.repack(sent)],
      ['settle', (delivery, sent) => delivery.settle(sent.map((item) => done(item)))],
      ['recover', (delivery) => delivery.recover(5000)],
    ];

    const bookOf = (outbox: SqliteOutbox, run: string): unknown =>
      [...outbox.runs.items(run, allStates)].map(({ key, state, attempts }) => ({ key, state, attempts }));

    for (const [name, deliver] of work) {
      it(`by ${name} when another machine has become its holder`, async () => {
        await using outbox = await SqliteOutbox.open(path);
        using _lock = await outbox.lock();
        const run = await filled(outbox, purchases(4, ['A1', 'B2', 'C3', 'D4']));
        const sent = await packed(outbox, 2);
        const before = bookOf(outbox, run);
        const elsewhere = openDatabase(path);
        elsewhere.exec(`UPDATE holder SET token = 'theirs', host = 'till-2', pid = 7`);
        elsewhere.close();
        const error = await failureOf(deliver(outbox.delivery, sent));
        expect(error).to.be.instanceOf(OutboxTakenError);
        expect(error).to.have.property('message').that.includes('process 7 on till-2 works on it');
        expect(bookOf(outbox, run)).to.deep.equal(before);
      });

      it(`by ${name} when another file has taken the place of the outbox`, async () => {
        await using outbox = await SqliteOutbox.open(path);
        using _lock = await outbox.lock();
        const run = await filled(outbox, purchases(4, ['A1', 'B2', 'C3', 'D4']));
        const sent = await packed(outbox, 2);
        const before = bookOf(outbox, run);
        await (await SqliteOutbox.open(join(folder, 'restored.outbox'))).close();
        await rename(join(folder, 'restored.outbox'), path);
        const error = await failureOf(deliver(outbox.delivery, sent));
        expect(error).to.be.instanceOf(OutboxTakenError);
        expect(error).to.have.property('message').that.includes('another file is in its place');
        expect(bookOf(outbox, run)).to.deep.equal(before);
      });

      it(`by ${name} when the outbox was moved away`, async () => {
        await using outbox = await SqliteOutbox.open(path);
        using _lock = await outbox.lock();
        const run = await filled(outbox, purchases(4, ['A1', 'B2', 'C3', 'D4']));
        const sent = await packed(outbox, 2);
        const before = bookOf(outbox, run);
        await rename(path, join(folder, 'away.outbox'));
        const error = await failureOf(deliver(outbox.delivery, sent));
        expect(error).to.be.instanceOf(OutboxTakenError);
        expect(error).to.have.property('message').that.includes('its file was moved or removed');
        expect(error)
          .to.have.property('actions')
          .that.deep.equals(['Put it back beside its -wal file. Then resume the run; nothing is sent twice.']);
        expect(bookOf(outbox, run)).to.deep.equal(before);
      });
    }

    it('nor for outcomes that are settled in the same turn, and each caller gets the error', async () => {
      await using outbox = await SqliteOutbox.open(path);
      using _lock = await outbox.lock();
      await filled(outbox, purchases(2, ['A1', 'B2']));
      const sent = await packed(outbox);
      const elsewhere = openDatabase(path);
      elsewhere.exec('DELETE FROM holder');
      elsewhere.close();
      const errors = await Promise.all(sent.map((item) => failureOf(outbox.delivery.settle([done(item)]))));
      expect(errors.every((error) => error instanceof OutboxTakenError)).to.equal(true);
    });
  });

  it('takes nothing from the holder when a caller was refused', async () => {
    await using outbox = await SqliteOutbox.open(path);
    using _lock = await outbox.lock();
    const { id } = await outbox.runs.begin({});
    await asked(path);
    await outbox.intake.accept(chunk(id, purchases(1, ['A1'])));
    await outbox.delivery.checkedMembers(['A1'], [], { code: '', message: () => '' });
    expect(await packed(outbox)).to.have.length(1);
  });
});

/**
 * A process whose child has locked the outbox and been killed, and that never reads the child's exit status. The same happens in a container whose first process does not reap children.
 */
function uncollectedHolder(path: string): string {
  return `
    const { spawn } = await import('node:child_process');
    const program = 'const { SqliteOutbox } = await import(' + JSON.stringify(outboxRoom) + ');'
      + 'const outbox = await SqliteOutbox.open(' + JSON.stringify(${JSON.stringify(path)}) + ');'
      + 'globalThis.kept = [outbox, await outbox.lock()];'
      + 'process.kill(process.pid, "SIGKILL");';
    // The shell starts the child and becomes another program, which never reaps it and ends when its input does.
    const shell = spawn('sh', ['-c', '"$@" & exec cat', 'sh', process.execPath, '--import', 'tsx',
      '--input-type=module', '--eval', program], { stdio: ['pipe', 'ignore', 'ignore'] });
    const { readdirSync, readFileSync } = await import('node:fs');
    const zombie = () => readdirSync('/proc').find((pid) => {
      try {
        const fields = readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ').at(-1).split(' ');
        const isDead = fields[0] === 'Z' && fields[1] === String(shell.pid);
        // Its files stay open until its last thread has ended.
        return isDead && readdirSync('/proc/' + pid + '/task').length === 1;
      } catch {
        return false;
      }
    });
    const look = setInterval(() => {
      const pid = zombie();
      if (pid === undefined) return;
      clearInterval(look);
      say(Number(pid));
    }, 20);`;
}
