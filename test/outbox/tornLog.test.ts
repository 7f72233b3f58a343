import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { SqliteOutbox } from '../../src/outbox/index.js';
import type { Outbox } from '../../src/outbox/index.js';
import { purchases } from '../sync/org/arrayFeed.js';
import { allStates, chunk, done, findAll, packed, refused } from './outboxFixture.js';

const members = ['A1', 'B2', 'C3', 'D4'];
/** Bytes of the log's own header, and of a frame: its header and one page. */
const logHeader = 32;
const frame = 24 + 4096;

/** What can be seen of an outbox. */
async function seen({ runs, intake, delivery }: Outbox): Promise<string> {
  const run = await runs.find();
  return JSON.stringify({
    run: run?.id,
    ending: run?.ending,
    counts: run && (await runs.counts(run.id)),
    items: run && [...runs.items(run.id, allStates)],
    position: run && (await intake.progress(run.id, 'till.csv')),
    open: await delivery.open(),
    longest: delivery.longestQueue(),
  });
}

/** What was seen after a commit, and the size of the log then. */
interface Moment {
  readonly size: number;
  readonly seen: string;
}

describe('a log that is torn', () => {
  let folder: string;
  let path: string;
  let outbox: SqliteOutbox;
  let moments: Moment[];

  const remember = async (): Promise<void> => {
    moments.push({ size: statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0, seen: await seen(outbox) });
  };

  /** A run with everything that an outbox stores, one commit after another. */
  const live = async (): Promise<void> => {
    const { delivery, intake, runs } = outbox;
    await remember();
    const { id } = await runs.begin({});
    await remember();
    for (const [first, rows] of [purchases(6, members), purchases(12, members).slice(6)].entries()) {
      await intake.accept(chunk(id, rows, { firstLine: 2 + 6 * first, position: { rows: 6 * (first + 1) } }));
      await remember();
    }
    await findAll(outbox);
    await remember();
    for (let round = 0; round < 3; round++) {
      const items = await packed(outbox);
      await remember();
      const [one, two, ...rest] = items;
      await delivery.settle([
        ...(one ? [refused(one)] : []),
        ...(two ? [{ item: two, to: 'unknown' as const, until: 5000 }] : []),
        ...rest.map((item) => done(item)),
      ]);
      await remember();
    }
    await runs.end(id, 'unfinished');
    await remember();
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loyalty-torn-'));
    path = join(folder, 'till.outbox');
    moments = [];
    outbox = await SqliteOutbox.open(path);
  });

  afterEach(async () => {
    await outbox.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a copy of the outbox whose log is this one, as after a power cut: without the memory that others share. */
  const seenWithLog = async (log: Buffer): Promise<string> => {
    const copy = join(folder, 'copy.outbox');
    for (const end of ['', '-wal', '-shm', '-lock']) rmSync(copy + end, { force: true });
    copyFileSync(path, copy);
    writeFileSync(`${copy}-wal`, log);
    await using opened = await SqliteOutbox.open(copy);
    // Checks the whole database.
    using _lock = await opened.lock();
    return await seen(opened);
  };

  /** What was committed last when the log had this size. */
  const committedAt = (size: number): string => moments.findLast((moment) => moment.size <= size)?.seen ?? '';

  /** Every border of a frame, and places near it. */
  const cuts = (size: number): number[] => {
    const borders = Array.from(
      { length: Math.floor((size - logHeader) / frame) + 1 },
      (_, index) => logHeader + index * frame,
    );
    return [0, 1, logHeader - 1, ...borders.flatMap((at) => [at - 1, at, at + 1, at + 24, at + 2000])].filter(
      (at) => at >= 0 && at <= size,
    );
  };

  it('has everything that was committed before the cut, and nothing of a commit that is cut', async () => {
    await live();
    const log = readFileSync(`${path}-wal`);
    expect(new Set(moments.map((moment) => moment.seen)).size).to.be.above(10);
    for (const at of cuts(log.length)) {
      expect(await seenWithLog(log.subarray(0, at)), `cut after ${at} bytes`).to.equal(committedAt(at));
    }
  });

  it('is read up to the first frame that a disk has changed, whatever follows it', async () => {
    await live();
    const log = readFileSync(`${path}-wal`);
    const borders = cuts(log.length).filter((at) => (at - logHeader) % frame === 0 && at < log.length);
    for (const [index, at] of borders.entries()) {
      const torn = Buffer.from(log);
      torn[at + 24 + index * 7] = torn[at + 24 + index * 7]! ^ (1 << (index % 8));
      expect(await seenWithLog(torn), `a flipped bit in the frame after ${at} bytes`).to.equal(committedAt(at));
      const tail = Buffer.concat([log.subarray(0, at), Buffer.alloc(frame + 100, 0x5a)]);
      expect(await seenWithLog(tail), `garbage after ${at} bytes`).to.equal(committedAt(at));
    }
  });

  it('follows from durable commits: each one waits for the disk, on the connection that delivers', async () => {
    const modes = new Set<string>();
    const original = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'exec')!;
    const exec = original.value as typeof DatabaseSync.prototype.exec;
    DatabaseSync.prototype.exec = function (sql) {
      exec.call(this, sql);
      if (sql !== 'COMMIT') return;
      const [journal, wait] = ['journal_mode', 'synchronous'].map(
        (name) => this.prepare(`PRAGMA ${name}`).get()?.[name],
      );
      modes.add(`${String(journal)}, synchronous=${String(wait)}`);
    };
    try {
      await outbox.close();
      outbox = await SqliteOutbox.open(join(folder, 'other.outbox'));
      // The tables of a new file are made before it has a log.
      modes.clear();
      path = join(folder, 'other.outbox');
      using _lock = await outbox.lock();
      await live();
    } finally {
      Object.defineProperty(DatabaseSync.prototype, 'exec', original);
    }
    // 2 is FULL.
    expect([...modes]).to.deep.equal(['wal, synchronous=2']);
  });
});
