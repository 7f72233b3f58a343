import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { GroupEdges } from '../outboxIntake.js';

/** A group of rows at the beginning or the end of a feed. */
export interface EdgeGroup {
  readonly key: string;
  readonly edges: GroupEdges;
  /** Id of the feed in its run, and the name that it has in all runs. */
  readonly feed: number;
  readonly name: string;
  readonly line: number;
}

/** Where another part of a group is. */
export interface OtherPart {
  readonly feed: string;
  readonly line: number;
  /** Whether neither feed has any other group, so that both may be copies of one. */
  readonly isWhole: boolean;
}

/**
 * The keys of the groups of rows at the beginning and the end of each feed.
 *
 * If one feed ends with a group and another begins with the same one, the lines of one purchase are in two feeds: a till
 * whose log is rotated at midnight does that. Neither part is then a repetition or a correction of the other. What is
 * read again is at the same edge as before, which tells it apart.
 */
export class EdgeKeys {
  readonly #insert: StatementSync;
  readonly #find: StatementSync;

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare(
      'INSERT INTO group_edge (key, feed, line, first, last) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    this.#find = db.prepare(
      `SELECT edge.feed, feed.name, edge.line, edge.first, edge.last
       FROM group_edge AS edge JOIN feed ON feed.id = edge.feed WHERE edge.key = ?`,
    );
  }

  /** A group that was reported as a part of another is not added: read again, it must be reported again. */
  add({ key, feed, line, edges }: EdgeGroup): void {
    this.#insert.run(key, feed, line, +edges.first, +edges.last);
  }

  /** Returns the end of a feed that this group may continue, or the beginning of one that may continue it. */
  otherPart({ key, edges, feed, name }: EdgeGroup): OtherPart | undefined {
    const rows = this.#find.all(key);
    const isAt = (edge: keyof GroupEdges): boolean => edges[edge];
    const wasHere = rows.some(
      (row) => row['name'] === name && ((isAt('first') && row['first'] === 1) || (isAt('last') && row['last'] === 1)),
    );
    if (wasHere) return undefined;
    const other = rows.find(
      (row) => row['feed'] !== feed && ((isAt('first') && row['last'] === 1) || (isAt('last') && row['first'] === 1)),
    );
    if (other === undefined) return undefined;
    const isWhole = edges.first && edges.last && other['first'] === 1 && other['last'] === 1;
    return { feed: String(other['name']), line: Number(other['line']), isWhole };
  }
}
