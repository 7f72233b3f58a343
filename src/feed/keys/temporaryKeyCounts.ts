import { hash } from 'node:crypto';
import { openDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { KeyCounts } from '../feed.js';

/**
 * Keeps the counts of one reading on disk, so that memory does not grow with the feed. SQLite deletes a database without
 * a name when it is closed.
 */
export class TemporaryKeyCounts implements KeyCounts, Disposable {
  readonly #db: DatabaseSync;
  readonly #get: StatementSync;
  readonly #set: StatementSync;

  constructor() {
    this.#db = openDatabase('');
    this.#db.exec(
      `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384;
       CREATE TABLE key_count (key BLOB PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID; BEGIN`,
    );
    this.#get = this.#db.prepare('SELECT count FROM key_count WHERE key = ?');
    this.#set = this.#db.prepare(
      'INSERT INTO key_count (key, count) VALUES (?, ?) ON CONFLICT DO UPDATE SET count = ?2',
    );
  }

  get(key: string): number {
    return Number(this.#get.get(hashOf(key))?.['count'] ?? 0);
  }

  set(key: string, count: number): void {
    this.#set.run(hashOf(key), count);
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}

function hashOf(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}
