import { hash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { IntakeChunk } from '../outboxIntake.js';
import { EndedGroupTables } from './endedGroupTables.js';

/** What the numbers in later keys of a feed depend on: groups that have ended, and how often keys have occurred. */
export class EarlierKeys {
  readonly #groups: EndedGroupTables;
  readonly #putCounts: StatementSync;
  readonly #findCount: StatementSync;
  readonly #dropCounts: StatementSync;
  readonly #findFeed: StatementSync;
  /** A feed never changes its position in the table. */
  #latestFeed: { readonly run: string; readonly name: string; readonly id: number } | undefined;

  constructor(db: DatabaseSync) {
    this.#groups = new EndedGroupTables(db);
    this.#putCounts = db.prepare(
      `INSERT INTO key_count (feed, key, count) SELECT ?, value ->> 0, value ->> 1 FROM json_each(?) WHERE true
       ON CONFLICT DO UPDATE SET count = excluded.count`,
    );
    this.#findCount = db.prepare('SELECT count FROM key_count WHERE feed = ? AND key = ?');
    this.#dropCounts = db.prepare('DELETE FROM key_count WHERE feed = ?');
    this.#findFeed = db.prepare(
      'SELECT feed.id FROM feed JOIN run ON run.seq = feed.run WHERE run.id = ? AND feed.name = ?',
    );
  }

  hasEnded(run: string, feed: string, group: string): boolean {
    const id = this.#idOf(run, feed);
    return id !== undefined && this.#groups.has(id, hashOf(group));
  }

  countOf(run: string, feed: string, key: string): number {
    const id = this.#idOf(run, feed);
    return id === undefined ? 0 : Number(this.#findCount.get(id, hashOf(key))?.['count'] ?? 0);
  }

  /**
   * Stores what a chunk brings, counts in the order of their table, so that each of its pages is written once. Must be
   * called within a transaction. If it fails, call {@link EarlierKeys.forget}.
   */
  store(feed: number, { endedGroups, keyCounts, complete }: IntakeChunk): void {
    if (endedGroups.length > 0) this.#groups.add(feed, endedGroups.map(hashOf));
    if (complete) this.#dropCounts.run(feed);
    else if (keyCounts !== undefined && keyCounts.size > 0) {
      const counts = Array.from(keyCounts, ([key, count]) => [hashOf(key), count] as const);
      this.#putCounts.run(feed, JSON.stringify(counts.toSorted(([a], [b]) => (a < b ? -1 : 1))));
    }
  }

  /** Discards what is known in memory. The rows have it. */
  forget(): void {
    this.#groups.forget();
  }

  #idOf(run: string, feed: string): number | undefined {
    const known = this.#latestFeed;
    if (known?.run === run && known.name === feed) return known.id;
    const id = this.#findFeed.get(run, feed)?.['id'];
    if (id === undefined) return undefined;
    this.#latestFeed = { run, name: feed, id: Number(id) };
    return Number(id);
  }
}

/** A key or an invoice number may identify a person. It is only ever compared, so its hash is enough. */
function hashOf(text: string): string {
  return hash('sha256', text, 'base64url');
}
