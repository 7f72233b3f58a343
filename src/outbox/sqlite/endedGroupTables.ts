import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';

/** Most hashes of ended groups in memory. */
const mostInMemory = 100_000;

interface KnownGroups {
  readonly feed: number;
  readonly hashes: Set<string>;
  /** Whether the index has any. */
  readonly hasMoved: boolean;
}

/**
 * The groups of a feed that have ended, by their hashes.
 *
 * Hashes come in no order, so that an index of them would be changed in as many pages as there are new ones, and each
 * chunk of a feed would write a megabyte. So each chunk appends its hashes in one row, and they are known in memory.
 * When they become too many, all are moved into an index at once.
 */
export class EndedGroupTables {
  readonly #most: number;
  readonly #append: StatementSync;
  readonly #appended: StatementSync;
  readonly #hasMoved: StatementSync;
  readonly #move: StatementSync;
  readonly #dropAppended: StatementSync;
  readonly #find: StatementSync;
  /** What is in memory of one feed: the hashes that are not in the index. */
  #known: KnownGroups | undefined;

  constructor(db: DatabaseSync, most = mostInMemory) {
    this.#most = most;
    this.#append = db.prepare('INSERT INTO ended_group_chunk (feed, names) VALUES (?, ?)');
    this.#appended = db.prepare('SELECT names FROM ended_group_chunk WHERE feed = ?');
    this.#hasMoved = db.prepare('SELECT 1 FROM ended_group WHERE feed = ? LIMIT 1');
    this.#move = db.prepare(
      'INSERT INTO ended_group (feed, name) SELECT ?, value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING',
    );
    this.#dropAppended = db.prepare('DELETE FROM ended_group_chunk WHERE feed = ?');
    this.#find = db.prepare('SELECT 1 FROM ended_group WHERE feed = ? AND name = ?');
  }

  has(feed: number, hash: string): boolean {
    const { hashes, hasMoved } = this.#of(feed);
    return hashes.has(hash) || (hasMoved && this.#find.get(feed, hash) !== undefined);
  }

  /** Must be called within a transaction. If it fails, call {@link EndedGroupTables.forget}. */
  add(feed: number, added: readonly string[]): void {
    const known = this.#of(feed);
    this.#append.run(feed, JSON.stringify(added));
    for (const hash of added) known.hashes.add(hash);
    if (known.hashes.size < this.#most) return;
    this.#move.run(feed, JSON.stringify([...known.hashes].sort()));
    this.#dropAppended.run(feed);
    this.#known = { feed, hashes: new Set(), hasMoved: true };
  }

  /** Discards what is known in memory. The rows have it. */
  forget(): void {
    this.#known = undefined;
  }

  #of(feed: number): KnownGroups {
    if (this.#known?.feed === feed) return this.#known;
    const rows = this.#appended.all(feed);
    const hashes = new Set(rows.flatMap(({ names }) => JSON.parse(String(names)) as string[]));
    this.#known = { feed, hashes, hasMoved: this.#hasMoved.get(feed) !== undefined };
    return this.#known;
  }
}
