import { inTransaction } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { BatchLog } from './batchLog.js';
import { LogIndex } from './logIndex.js';
import { OpenItems } from './openItems.js';
import { OwnStates } from './ownStates.js';
import { Payloads } from './payloads.js';

export interface OutboxStoreOptions {
  /** Whether to keep what was sent after it is done. */
  readonly keepPayloads: boolean;
  /** Most open items in memory. */
  readonly mostInMemory?: number | undefined;
}

/** The tables of one outbox, and what is known of them in memory. */
export class OutboxStore {
  readonly log: BatchLog;
  readonly index: LogIndex;
  readonly states: OwnStates;
  readonly payloads: Payloads;
  readonly openItems: OpenItems;

  constructor(
    readonly db: DatabaseSync,
    { keepPayloads, mostInMemory }: OutboxStoreOptions,
  ) {
    this.log = new BatchLog(db);
    this.index = new LogIndex(db);
    this.states = new OwnStates(db, this.log, this.index);
    this.payloads = new Payloads(db, keepPayloads);
    this.openItems = new OpenItems(db, { log: this.log, payloads: this.payloads }, mostInMemory);
  }

  /** Changes tables and memory together, in one transaction. If it fails, memory is read again from the tables. */
  change<T>(work: () => T): T {
    this.openItems.load();
    try {
      return inTransaction(this.db, work);
    } catch (error) {
      this.openItems.forget();
      throw error;
    }
  }

  /** Drops what is no longer needed, as far as the disk takes it: the next process does the rest. */
  close(): void {
    try {
      if (this.payloads.hasWaiting) inTransaction(this.db, () => this.payloads.dropWaiting());
    } catch {
      // Nothing is lost, and closing must not fail.
    }
  }

  /** Changes tables only, in one transaction. Memory is read again when somebody needs it. */
  changeTables<T>(work: () => T): T {
    // Payloads of done items would look like those of open ones.
    this.payloads.dropLeftIfAny();
    this.openItems.forget();
    return inTransaction(this.db, work);
  }
}
