import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';

/** What was changed in the tables, as a patchset of SQLite's session extension. */
export interface RecordedChanges {
  readonly patch: Uint8Array;
  /** Greatest number of a batch so far, which no patch has. */
  readonly latestBatch: number;
}

/** Records what one connection changes in the tables of an outbox. */
export class ChangeRecorder {
  readonly #db: DatabaseSync;
  readonly #total: StatementSync;
  readonly #latestBatch: StatementSync;
  #session: ReturnType<DatabaseSync['createSession']>;
  #takenAt: number;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#total = db.prepare('SELECT total_changes() AS n');
    this.#latestBatch = db.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'batch'`);
    this.#session = db.createSession();
    this.#takenAt = this.#changes();
  }

  /** Whether something may have changed since the last call of {@link ChangeRecorder.take}. */
  get hasChanges(): boolean {
    return this.#changes() !== this.#takenAt;
  }

  /** Returns what has changed since the last call. Must not be called within a transaction. */
  take(): RecordedChanges {
    const patch = this.#session.patchset();
    this.#session.close();
    this.#session = this.#db.createSession();
    this.#takenAt = this.#changes();
    return { patch, latestBatch: Number(this.#latestBatch.get()?.['seq'] ?? 0) };
  }

  #changes(): number {
    return Number(this.#total.get()?.['n']);
  }
}

/**
 * Makes recorded changes in the same outbox as it was before them.
 * @returns false if it was another one; then nothing was changed
 */
export function applyChanges(db: DatabaseSync, { patch, latestBatch }: RecordedChanges): boolean {
  if (patch.length > 0 && !db.applyChangeset(patch)) return false;
  db.prepare(`UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'batch'`).run(latestBatch);
  return true;
}
