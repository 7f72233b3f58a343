import type { Store } from '../../store/store.js';
import { refusedRow, rolledBack, type RowResult } from './rowResult.js';

/** Does one row, or throws an ApiError. */
export type RowWriter<Row> = (row: Row) => RowResult;

/** The rows of one request, and whether the good ones depend on the others. */
export interface RowsToWrite<Row> {
  readonly rows: readonly Row[];
  readonly allOrNone: boolean;
}

/**
 * Writes each row by itself, in their order. With `allOrNone` every row is tried and then nothing is kept unless all
 * were good, so that a caller learns all that is wrong at once.
 */
export function writeRows<Row>(
  store: Store,
  { rows, allOrNone }: RowsToWrite<Row>,
  write: RowWriter<Row>,
): readonly RowResult[] {
  try {
    return store.transaction(() => {
      const results = rows.map((row) => attempt(store, () => write(row)));
      if (allOrNone && !results.every(({ success }) => success)) throw new NotAll(results);
      return results;
    });
  } catch (error) {
    if (error instanceof NotAll) return error.results.map(rolledBack);
    throw error;
  }
}

/** A refused row leaves nothing behind, however far its write had come. */
function attempt(store: Store, write: () => RowResult): RowResult {
  try {
    return store.transaction(write);
  } catch (error) {
    return refusedRow(error);
  }
}

/** Leaves the transaction, so that it is undone, and carries what is to be said of it. */
class NotAll extends Error {
  public override readonly name = 'NotAll';

  public constructor(public readonly results: readonly RowResult[]) {
    super('Not all rows were valid');
  }
}
