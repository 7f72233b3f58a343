import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { KeyHistory } from '../runRecord.js';
import { itemReportColumns, toItemReport, toLine } from './sqliteRuns.js';

/** Returns what is known of a key. Undefined if the outbox does not know it. `item_now` must be up to date. */
export function keyHistory(db: DatabaseSync, key: string, isErased: boolean): KeyHistory | undefined {
  const items = db
    .prepare(itemsOfKey)
    .all(key)
    .map((row) => ({
      ...toItemReport(row),
      run: row['run_id'] === null ? undefined : String(row['run_id']),
      storedAt: Number(row['stored_at']) || undefined,
      isCurrent: row['current'] === 1,
    }));
  const lines = db
    .prepare(linesOfKey)
    .all(key)
    .map((row) => ({ ...toLine(row), run: String(row['run_id']) }));
  if (items.length === 0 && lines.length === 0 && !isErased) return undefined;
  return { key, items, lines, isErased };
}

const itemsOfKey = `
  SELECT ${itemReportColumns}, item.current AS current,
    (SELECT at FROM main.item AS stored WHERE stored.seq = item.seq) AS stored_at,
    (SELECT id FROM run WHERE run.seq = item.run) AS run_id
  FROM item_now AS item WHERE item.key = ? ORDER BY item.seq`;

const linesOfKey = `
  SELECT line.*, (SELECT id FROM run WHERE run.seq = line.run) AS run_id FROM line WHERE key = ? ORDER BY seq`;
