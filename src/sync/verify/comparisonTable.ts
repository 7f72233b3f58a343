import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { EndedGroups } from '../../feed/index.js';

/** Rows between two commits of the table. Nothing has to survive a crash, so this is only about speed. */
const rowsInCommit = 20_000;

/** What one side says of a number: its rows in the order in which they were added. */
export type SideRows = Readonly<Record<'feed' | 'outbox' | 'org', readonly unknown[]>>;

const sides = ['feed', 'outbox', 'org'] as const;

/**
 * Brings what three sides say of the same numbers together, on disk, so that memory does not grow with them. The org
 * sorts text in the order of its own language, so sorted answers could not be merged; here every side is sorted alike.
 */
export class ComparisonTable implements Disposable {
  readonly #folder: string;
  readonly #db: DatabaseSync;
  readonly #add: StatementSync;
  readonly #reject: StatementSync;
  readonly #keepBack: StatementSync;
  readonly #hasGroup: StatementSync;
  readonly #addGroup: StatementSync;
  #rows = 0;

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'loyalty-verify-'));
    this.#db = openDatabase(join(this.#folder, 'comparison.sqlite'));
    this.#db.exec(tables);
    this.#add = this.#db.prepare('INSERT OR IGNORE INTO entry (number, side, seq, said) VALUES (?, ?, ?, ?)');
    this.#reject = this.#db.prepare('INSERT INTO rejected (said) VALUES (?)');
    this.#keepBack = this.#db.prepare('INSERT INTO kept_back (source, said) VALUES (?, ?)');
    this.#hasGroup = this.#db.prepare('SELECT 1 FROM ended_group WHERE feed = ? AND name = ?');
    this.#addGroup = this.#db.prepare('INSERT OR IGNORE INTO ended_group (feed, name) VALUES (?, ?)');
    this.#db.exec('BEGIN');
  }

  /** @param id distinguishes rows of one side with the same number; a row that is added again counts once */
  add(
    side: (typeof sides)[number],
    number: string,
    row: { readonly id: string | number; readonly said: unknown },
  ): void {
    this.#add.run(number, sides.indexOf(side), row.id, JSON.stringify(row.said));
    this.#rows += 1;
    if (this.#rows % rowsInCommit === 0) this.#db.exec('COMMIT; BEGIN');
  }

  addRejected(said: unknown): void {
    this.#reject.run(JSON.stringify(said));
  }

  /** Yields everything that was added by {@link addRejected}. */
  *rejected(): Iterable<unknown> {
    for (const row of this.#db.prepare('SELECT said FROM rejected ORDER BY seq').iterate()) {
      yield JSON.parse(String(row['said']));
    }
  }

  /** Keeps something of a source until it is known whether it counts. */
  keepBack(source: string, said: unknown): void {
    this.#keepBack.run(source, JSON.stringify(said));
  }

  /** Yields what was kept back of a source, in its order. */
  *keptBack(source: string): Iterable<unknown> {
    for (const row of this.#db.prepare('SELECT said FROM kept_back WHERE source = ? ORDER BY seq').iterate(source)) {
      yield JSON.parse(String(row['said']));
    }
  }

  /** Yields every number once, with what each side says of it. */
  *numbers(): Iterable<{ readonly number: string; readonly said: SideRows }> {
    let number: string | undefined;
    let said: Record<keyof SideRows, unknown[]> = { feed: [], outbox: [], org: [] };
    for (const row of this.#db.prepare('SELECT number, side, said FROM entry ORDER BY number, side, seq').iterate()) {
      if (row['number'] !== number) {
        if (number !== undefined) yield { number, said };
        number = String(row['number']);
        said = { feed: [], outbox: [], org: [] };
      }
      said[sides[Number(row['side'])] ?? 'org'].push(JSON.parse(String(row['said'])));
    }
    if (number !== undefined) yield { number, said };
  }

  /** The ended groups of one feed. */
  groupsOf(feed: number): EndedGroups {
    return {
      has: (group) => this.#hasGroup.get(feed, group) !== undefined,
      add: (group) => void this.#addGroup.run(feed, group),
    };
  }

  [Symbol.dispose](): void {
    if (this.#db.isOpen) this.#db.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const tables = `
  PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768;
  CREATE TABLE entry (
    number TEXT NOT NULL,
    side INTEGER NOT NULL,
    seq ANY NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (number, side, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE rejected (seq INTEGER PRIMARY KEY, said TEXT NOT NULL) STRICT;
  CREATE TABLE kept_back (seq INTEGER PRIMARY KEY, source TEXT NOT NULL, said TEXT NOT NULL) STRICT;
  CREATE TABLE ended_group (feed INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (feed, name)) STRICT, WITHOUT ROWID;
`;
