import type { ObjectModel } from '../store/model/objectModel.js';
import type { Store } from '../store/store.js';
import { quoted } from '../store/tables/tables.js';

export interface RowCount {
  readonly name: string;
  readonly label: string;
  readonly count: number;
  /** False: as many rows as were ever there, the deleted ones among them. */
  readonly isExact: boolean;
}

/** Counting reads every row, and requests wait meanwhile: up to here it takes a millisecond or two. */
const mostCounted = 20_000;

/** Objects that have rows, the fullest first. */
export function rowCounts(store: Store): RowCount[] {
  return rowsEver(store)
    .map(({ type: { name, definition }, rows }) => {
      const isExact = rows <= mostCounted;
      return { name, label: definition.labelPlural, count: isExact ? store.count(name) : rows, isExact };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** The last row's number tells how many there were without reading them: a row is marked as deleted, and stays. */
function rowsEver({ db, model }: Store): { type: ObjectModel['types'][number]; rows: number }[] {
  const columns = model.types.map(({ name }, index) => `(SELECT max(rowid) FROM ${quoted(name)}) AS "${index}"`);
  const row = db.prepare(`SELECT ${columns.join(', ')}`).get() ?? {};
  return model.types.map((type, index) => ({ type, rows: Number(row[index] ?? 0) })).filter(({ rows }) => rows > 0);
}
