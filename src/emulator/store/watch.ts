import type { SObjectType } from './model/objectModel.js';
import type { StoredValues } from './values/validate.js';

/** One row that is about to be written. `delete` only marks it. */
export interface Change {
  readonly operation: 'insert' | 'update' | 'delete';
  readonly type: SObjectType;
  /** 18 characters. */
  readonly id: string;
  /** What is written, without what the database computes. */
  readonly values: StoredValues;
}

/** Somebody who is told of every write of a store, and of what becomes of it. */
export interface StoreWatch {
  /** Before the row is written, always inside a transaction. @throws to keep it from being written */
  writing(change: Change): void;
  /** A transaction begins, perhaps within another. */
  began(): void;
  /** The innermost transaction ends, and its writes stay as far as those around it do. */
  kept(): void;
  /** The innermost transaction ends, and its writes are undone. */
  undone(): void;
}
