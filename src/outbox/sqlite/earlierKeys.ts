import { hash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { IntakeChunk } from '../outbox.js';

/** What the numbers in later keys of a feed depend on: groups that have ended, and how often keys have occurred. */
export class EarlierKeys {
  readonly #insertGroups: StatementSync;
  readonly #findGroup: StatementSync;
  readonly #putCounts: StatementSync;
  readonly #findCount: StatementSync;
  readonly #dropCounts: StatementSync;
  readonly #findFeed: StatementSync;
  /** A feed never changes its position in the table. */
  #latestFeed: { readonly run: string; readonly name: string; readonly id: number } | undefined;

  constructor(db: DatabaseSync) {
    this.#insertGroups = db.prepare(
      'INSERT INTO ended_group (feed, name) SELECT ?, value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING',
    );
    this.#findGroup = db.prepare('SELECT 1 FROM ended_group WHERE feed = ? AND name = ?');
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
    return id !== undefined && this.#findGroup.get(id, hashOf(group)) !== undefined;
  }

  countOf(run: string, feed: string, key: string): number {
    const id = this.#idOf(run, feed);
    return id === undefined ? 0 : Number(this.#findCount.get(id, hashOf(key))?.['count'] ?? 0);
  }

  /** Stores what a chunk brings, in the order of the tables, so that each of their pages is written once. */
  store(feed: number, { endedGroups, keyCounts, complete }: IntakeChunk): void {
    if (endedGroups.length > 0) this.#insertGroups.run(feed, JSON.stringify(endedGroups.map(hashOf).toSorted()));
    if (complete) this.#dropCounts.run(feed);
    else if (keyCounts !== undefined && keyCounts.size > 0) {
      const counts = Array.from(keyCounts, ([key, count]) => [hashOf(key), count] as const);
      this.#putCounts.run(feed, JSON.stringify(counts.toSorted(([a], [b]) => (a < b ? -1 : 1))));
    }
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
