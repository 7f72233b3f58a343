import { quotedName } from '../../base/sqlite/sqlite.js';
import type { ObjectModel } from '../store/model/objectModel.js';
import type { Store } from '../store/store.js';

export interface RowCount {
  readonly name: string;
  readonly label: string;
  readonly count: number;
  /** If false, `count` is the number of rows ever inserted, including deleted ones. */
  readonly isExact: boolean;
}

/**
 * Maximum number of rows to count. Requests wait during that time, which is a millisecond or two for this many rows.
 */
const mostCounted = 20_000;

/** Returns the objects that have rows, those with the most rows first. */
export function rowCounts(store: Store): RowCount[] {
  return rowsEver(store)
    .map(({ type: { name, definition }, rows }) => {
      const isExact = rows <= mostCounted;
      return { name, label: definition.labelPlural, count: isExact ? store.count(name) : rows, isExact };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** The last rowid tells how many rows were inserted, without reading them, because deleted rows are only marked. */
function rowsEver({ db, model }: Store): { type: ObjectModel['types'][number]; rows: number }[] {
  const types = model.types.filter(({ definition }) => !definition.madeWhenQueried);
  const columns = types.map(({ name }, index) => `(SELECT max(rowid) FROM ${quotedName(name)}) AS "${index}"`);
  const row = db.prepare(`SELECT ${columns.join(', ')}`).get() ?? {};
  return types.map((type, index) => ({ type, rows: Number(row[index] ?? 0) })).filter(({ rows }) => rows > 0);
}
