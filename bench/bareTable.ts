import { inTransaction, openDatabase } from '../src/base/sqlite/sqlite.js';
import { sObjects } from '../src/contract/objects/index.js';
import { ObjectModel } from '../src/emulator/store/model/objectModel.js';
import { createTables } from '../src/emulator/store/tables/tableSet.js';
import type { Row } from './orgLoad.js';

/**
 * Inserts these rows with SQLite alone: the org's own table and indexes in memory, 200 rows in a transaction, without
 * any checks. Returns rows per second.
 */
export function bareInserts(table: string, rows: readonly Row[]): number {
  const db = openDatabase(':memory:');
  createTables(db, new ObjectModel(sObjects));
  const columns = Object.keys(rows[0] ?? {});
  const names = columns.map((column) => `"${column}"`).join(', ');
  const insert = db.prepare(`INSERT INTO "${table}" (Id, ${names}) VALUES (?, ${columns.map(() => '?').join(', ')})`);
  const startedAt = performance.now();
  for (let at = 0; at < rows.length; at += 200) {
    inTransaction(db, () => {
      rows.slice(at, at + 200).forEach((row, index) => insert.run(String(at + index), ...Object.values(row)));
    });
  }
  const perSecond = rows.length / ((performance.now() - startedAt) / 1000);
  db.close();
  return perSecond;
}
