import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const hashes = 200_000;
const commits = 200;

/** How fast this machine is at the moment: what differs between two rounds is its noise, not the sync's. */
export interface Calibration {
  /** Milliseconds for a fixed amount of processor work. */
  readonly processor: number;
  /** Milliseconds for one durable commit. */
  readonly commit: number;
}

export function calibrate(): Calibration {
  return { processor: millisecondsOf(hash), commit: durableCommits() / commits };
}

function hash(): void {
  let text = '';
  for (let count = 0; count < hashes; count++) text = createHash('sha256').update(text).digest('hex');
}

/** Commits one row at a time as an outbox does. */
function durableCommits(): number {
  const folder = mkdtempSync(join(tmpdir(), 'loyalty-bench-'));
  try {
    using database = new DatabaseSync(join(folder, 'calibration.sqlite'));
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE row (text TEXT)');
    const insert = database.prepare('INSERT INTO row VALUES (?)');
    return millisecondsOf(() => {
      for (let count = 0; count < commits; count++) insert.run('x'.repeat(100));
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function millisecondsOf(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
