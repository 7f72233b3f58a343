import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { FoundJournal } from '../item.js';
import { storedJson } from './wholeOutbox.js';

/**
 * Journals that were found since the count of their source began, and that may be found again.
 *
 * The format number counts the tables without this one. It is added to an outbox that was made before it existed, whose
 * journals of this kind are in `source.counted_then` until the next count.
 */
export const countedJournalTable = `
  CREATE TABLE counted_journal (
    source TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (source, id)
  ) STRICT, WITHOUT ROWID;
`;

/** The journals that are counted by their Ids: those that the org had when a count began, and those found since. */
export class CountedJournals {
  readonly #db: DatabaseSync;
  readonly #start: StatementSync;
  readonly #find: StatementSync;
  readonly #add: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#start = db.prepare('SELECT counted_at, counted_then FROM source WHERE name = ?');
    this.#find = db.prepare('SELECT 1 FROM counted_journal WHERE source = ? AND id = ?');
    this.#add = db.prepare('INSERT INTO counted_journal (source, id) VALUES (?, ?) ON CONFLICT DO NOTHING');
  }

  /** What is known of the start of the count is read when somebody asks, which few outcomes do. */
  of(source: string): CountedOfSource {
    let start: CountStart | undefined;
    const known = (): CountStart => (start ??= this.#startOf(source));
    const has = (id: string): boolean => known().ids.has(id) || this.#find.get(source, id) !== undefined;
    return {
      has,
      isNew: ({ id, createdAt }) => createdAt >= known().since && !has(id),
      add: (journals) => {
        for (const { id } of journals) this.#add.run(source, id);
      },
    };
  }

  /** A count begins, with the Ids that are stored together with it. */
  forget(source: string): void {
    this.#db.prepare('DELETE FROM counted_journal WHERE source = ?').run(source);
  }

  #startOf(source: string): CountStart {
    const row = this.#start.get(source);
    const what = `what is stored of the source ${source}`;
    const ids = storedJson(this.#db, what, row?.['counted_then'] ?? '[]') as string[];
    return { since: Number(row?.['counted_at'] ?? 0), ids: new Set(ids) };
  }
}

export interface CountedOfSource {
  has(id: string): boolean;
  /** Journals that existed when the count began are included in it. The org tells times in whole seconds. */
  isNew(journal: FoundJournal): boolean;
  add(journals: readonly FoundJournal[]): void;
}

interface CountStart {
  readonly since: number;
  readonly ids: ReadonlySet<string>;
}
