import type { Store } from '../../store/store.js';
import { refusedRow, rolledBack } from './rowResult.js';
import type { RowResult } from './rowResult.js';

/** Writes one row, or throws an OrgRefusal. */
export type CollectionWriter<Row> = (row: Row) => RowResult;

/** The rows of one request, and whether all of them must be valid. */
export interface RowsToWrite<Row> {
  readonly rows: readonly Row[];
  readonly allOrNone: boolean;
}

/**
 * Writes the rows separately, in order. With `allOrNone`, all rows are tried, so the caller gets all errors at once,
 * and everything is undone if one of them is refused.
 */
export function writeCollection<Row>(
  store: Store,
  { rows, allOrNone }: RowsToWrite<Row>,
  write: CollectionWriter<Row>,
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

/** Writes a row in its own transaction, so a refused row leaves nothing half-written. */
function attempt(store: Store, write: () => RowResult): RowResult {
  try {
    return store.transaction(write);
  } catch (error) {
    return refusedRow(error);
  }
}

/** Thrown to undo the transaction. It carries the results of the rows. */
class NotAll extends Error {
  override readonly name = 'NotAll';

  constructor(readonly results: readonly RowResult[]) {
    super('Not all rows were valid');
  }
}
