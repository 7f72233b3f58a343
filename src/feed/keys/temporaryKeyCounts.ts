import { hash } from 'node:crypto';
import { openTemporaryDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { KeyCounts } from '../feed.js';

/**
 * Keeps the counts of one reading on disk, so that memory does not grow with the feed.
 */
export class TemporaryKeyCounts implements KeyCounts, Disposable {
  readonly #db: DatabaseSync;
  readonly #get: StatementSync;
  readonly #set: StatementSync;

  constructor() {
    const table = 'CREATE TABLE key_count (key BLOB PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID';
    this.#db = openTemporaryDatabase(table, 16_384);
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
