import { quotedName } from '../../../base/sqlite/sqlite.js';
import type { DatabaseSync, SQLOutputValue } from '../../../base/sqlite/sqlite.js';
import type { StoredValue } from '../values/coerceValue.js';
import type { ModelField, SObjectType } from '../model/objectModel.js';
import { RecentIds } from './recentIds.js';
import { RecentKeys } from './recentKeys.js';
import { Statements } from './statements.js';
import type { StoredValues } from '../values/validateRow.js';

export type FieldValue = string | number | boolean | null;

/** A row for the org's own code: canonical field names, booleans as booleans, dates in their stored form. */
export type SObjectRow = Record<string, FieldValue> & { readonly Id: string };

/** The rows of one sObject. This class does not check values; `validate` does. */
export class ObjectTable {
  readonly #statements: Statements;
  readonly #recent = new RecentIds();
  readonly #keys = new RecentKeys();
  readonly #id: ModelField | undefined;
  readonly #isDeleted: ModelField | undefined;
  readonly #booleans: readonly string[];
  readonly #name: string;

  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync, type: SObjectType) {
    this.#db = db;

    this.#name = quotedName(type.name);
    this.#statements = new Statements(db);
    this.#id = type.field('Id');
    this.#isDeleted = type.field('IsDeleted');
    this.#booleans = type.fields.filter(({ definition }) => definition.type === 'boolean').map(({ name }) => name);
  }

  insert(values: StoredValues): void {
    const statement = this.#statements.of('insert', [...values.keys()], (columns) => {
      const places = columns.map(() => '?').join(', ');
      return `INSERT INTO ${this.#name} (${columns.join(', ')}) VALUES (${places})`;
    });
    statement.run(...values.values());
    this.#keys.clear();
    const id = this.#id && values.get(this.#id);
    if (typeof id === 'string') this.#recent.add(id);
  }

  update(id: string, values: StoredValues): void {
    const statement = this.#statements.of('update', [...values.keys()], (columns) => {
      const assignments = columns.map((column) => `${column} = ?`).join(', ');
      return `UPDATE ${this.#name} SET ${assignments} WHERE "Id" = ?`;
    });
    statement.run(...values.values(), id);
    this.#keys.clear();
    if (this.#isDeleted && values.get(this.#isDeleted) === 1) this.#recent.delete(id);
  }

  /** Deletes the row permanently. */
  erase(id: string): void {
    this.#recent.delete(id);
    this.#keys.clear();
    this.#statements.of('erase', [], () => `DELETE FROM ${this.#name} WHERE "Id" = ?`).run(id);
  }

  /** Empties the caches of ids and keys, because the writes behind them may have been undone. */
  forgetRecent(): void {
    this.#recent.clear();
    this.#keys.clear();
  }

  /** Also returns a deleted row. */
  get(id: string): SObjectRow | undefined {
    const statement = this.#statements.of('get', [], () => `SELECT * FROM ${this.#name} WHERE "Id" = ?`);
    const row = statement.get(id);
    return row && this.#toRow(row);
  }

  /** Returns false for a deleted row. */
  exists(id: string): boolean {
    if (this.#recent.has(id)) return true;
    const statement = this.#statements.of('exists', [], () => {
      return `SELECT 1 FROM ${this.#name} WHERE "Id" = ? AND "IsDeleted" = 0`;
    });
    const found = statement.get(id) !== undefined;
    if (found) this.#recent.add(id);
    return found;
  }

  /**
   * Returns the rows, except deleted ones, whose fields have the given values. Their order by id is that of creation.
   */
  find(criteria: StoredValues): SObjectRow[] {
    return this.#select('SELECT *', criteria, 'ORDER BY "Id"').map((row) => this.#toRow(row));
  }

  ids(field: ModelField, value: StoredValue): string[] {
    if (value === null) return this.#idsWithout(field);
    const known = this.#keys.get(field, value);
    if (known) return [...known];
    const statement = this.#statements.of('ids', [field], ([column]) => {
      return `SELECT "Id" FROM ${this.#name} WHERE ${column} = ? AND "IsDeleted" = 0 ORDER BY "Id"`;
    });
    const ids = statement.all(value).map((row) => row['Id'] as string);
    this.#keys.set(field, value, ids);
    return [...ids];
  }

  count(criteria: StoredValues): number {
    return this.#select('SELECT count(*) AS n', criteria)[0]?.['n'] as number;
  }

  /** Returns the id that was assigned last, even if its row is deleted. */
  lastId(): string | undefined {
    const row = this.#db.prepare(`SELECT max("Id") AS id FROM ${this.#name}`).get();
    return (row?.['id'] as string | null) ?? undefined;
  }

  #idsWithout(field: ModelField): string[] {
    const rows = this.#select('SELECT "Id"', new Map([[field, null]]), 'ORDER BY "Id"');
    return rows.map((row) => row['Id'] as string);
  }

  #select(what: string, criteria: StoredValues, order = ''): Record<string, SQLOutputValue>[] {
    const fields = [...criteria.keys()];
    // `= ?` instead of `IS ?`, because the indexes leave out nulls and so serve only `=`.
    const isNull = fields.map((field) => criteria.get(field) === null);
    const statement = this.#statements.of(`${what} ${isNull.join()}`, fields, (columns) => {
      const conditions = columns.map((column, index) => `${column} ${isNull[index] ? 'IS NULL' : '= ?'}`);
      return `${what} FROM ${this.#name} WHERE ${[...conditions, '"IsDeleted" = 0'].join(' AND ')} ${order}`;
    });
    return statement.all(...[...criteria.values()].filter((value) => value !== null));
  }

  #toRow(row: Record<string, unknown>): SObjectRow {
    for (const name of this.#booleans) row[name] = row[name] === 1;
    return row as SObjectRow;
  }
}
