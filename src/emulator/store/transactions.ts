import type { DatabaseSync } from '../../base/sqlite.js';
import type { StoreWatch } from './watch.js';

/** Transactions within transactions: the outermost one is SQLite's own, the inner ones are its savepoints. */
export class Transactions {
  #depth = 0;

  public constructor(
    private readonly db: DatabaseSync,
    private readonly watches: ReadonlySet<StoreWatch>,
  ) {}

  public get isOpen(): boolean {
    return this.#depth > 0;
  }

  /** Keeps all that `work` writes, or nothing when it throws. An inner one that throws undoes only its own writes. */
  public run<T>(work: () => T): T {
    const outermost = this.#depth === 0;
    const name = `level${this.#depth}`;
    this.db.exec(outermost ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`);
    this.#depth += 1;
    for (const watch of this.watches) watch.began();
    try {
      const result = work();
      this.db.exec(outermost ? 'COMMIT' : `RELEASE ${name}`);
      for (const watch of this.watches) watch.kept();
      return result;
    } catch (error) {
      // Some failures of SQLite itself (a full disk) have ended the transaction already.
      if (this.db.isTransaction) this.db.exec(outermost ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`);
      for (const watch of this.watches) watch.undone();
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }
}
