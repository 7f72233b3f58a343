import type { SObjectType } from './model/objectModel.js';
import type { StoredValues } from './values/validateRow.js';

/** A row that is about to be written. `delete` only marks the row as deleted. */
export interface Change {
  readonly operation: 'insert' | 'update' | 'delete';
  readonly type: SObjectType;
  /** 18 characters. */
  readonly id: string;
  /** The values to write, without those that the database computes. */
  readonly values: StoredValues;
}

/** Observes all writes of a store, and whether they were committed or undone. */
export interface StoreWatch {
  /** Called before a row is written, always within a transaction. May throw to prevent the write. */
  writing(change: Change): void;
  /** A transaction began, perhaps inside another one. */
  began(): void;
  /** The innermost transaction ended. Its writes are kept if the transactions around it are kept. */
  kept(): void;
  /** The innermost transaction ended, and its writes were undone. */
  undone(): void;
}
