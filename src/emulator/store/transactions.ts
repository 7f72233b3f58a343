import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { StoreWatch } from './storeObserver.js';

/** Nested transactions. The outermost one is an SQLite transaction, the inner ones are savepoints. */
export class Transactions {
  readonly #levels: Level[] = [];
  #depth = 0;

  readonly #db: DatabaseSync;
  readonly #undone: () => void;
  readonly #watches: ReadonlySet<StoreWatch>;

  /** @param undone called after writes were undone */
  constructor(db: DatabaseSync, undone: () => void, watches: ReadonlySet<StoreWatch>) {
    this.#db = db;
    this.#undone = undone;
    this.#watches = watches;
  }

  get isOpen(): boolean {
    return this.#depth > 0;
  }

  /**
   * Commits everything that `work` writes, or nothing if it throws. A nested call that throws undoes only its own
   * writes.
   */
  run<T>(work: () => T): T {
    const level = (this.#levels[this.#depth] ??= prepareLevel(this.#db, this.#depth));
    level.begin.run();
    this.#depth += 1;
    for (const watch of this.#watches) watch.began();
    try {
      const result = work();
      level.keep.run();
      for (const watch of this.#watches) watch.kept();
      return result;
    } catch (error) {
      // Some SQLite errors, such as a full disk, have already ended the transaction.
      if (this.#db.isTransaction) this.#db.exec(level.undo);
      this.#undone();
      for (const watch of this.#watches) watch.undone();
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }
}

interface Level {
  readonly begin: StatementSync;
  readonly keep: StatementSync;
  readonly undo: string;
}

function prepareLevel(db: DatabaseSync, depth: number): Level {
  const name = `level${depth}`;
  const [begin, keep, undo] =
    depth === 0
      ? ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK']
      : [`SAVEPOINT ${name}`, `RELEASE ${name}`, `ROLLBACK TO ${name}; RELEASE ${name}`];
  return { begin: db.prepare(begin), keep: db.prepare(keep), undo };
}
