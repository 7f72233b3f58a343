import type { DatabaseSync, SQLOutputValue, StatementSync } from '../../base/sqlite.js';
import type { Stored } from './coerce.js';
import type { Field, SObjectType } from './objectModel.js';
import { quoted } from './tables.js';
import type { StoredValues } from './validate.js';

export type FieldValue = string | number | boolean | null;

/** A row as the org's own code sees it: canonical field names, booleans as booleans, dates as stored. */
export type SObjectRow = Record<string, FieldValue> & { readonly Id: string };

/**
 * The rows of one sObject. It writes what it is given: judging values is the business of `validate`.
 *
 * Statements are prepared once per set of columns, since a feed writes the same columns over and over.
 */
export class Table {
  readonly #statements = new Map<string, StatementSync>();
  readonly #booleans: readonly string[];
  readonly #name: string;

  public constructor(
    private readonly db: DatabaseSync,
    private readonly type: SObjectType,
  ) {
    this.#name = quoted(type.name);
    this.#booleans = type.fields.filter(({ definition }) => definition.type === 'boolean').map(({ name }) => name);
  }

  public insert(values: StoredValues): void {
    const statement = this.#statement('insert', [...values.keys()], (columns) => {
      const places = columns.map(() => '?').join(', ');
      return `INSERT INTO ${this.#name} (${columns.join(', ')}) VALUES (${places})`;
    });
    statement.run(...values.values());
  }

  public update(id: string, values: StoredValues): void {
    const statement = this.#statement('update', [...values.keys()], (columns) => {
      const assignments = columns.map((column) => `${column} = ?`).join(', ');
      return `UPDATE ${this.#name} SET ${assignments} WHERE "Id" = ?`;
    });
    statement.run(...values.values(), id);
  }

  /** Also a deleted row. */
  public get(id: string): SObjectRow | undefined {
    const statement = this.#statement('get', [], () => `SELECT * FROM ${this.#name} WHERE "Id" = ?`);
    const row = statement.get(id);
    return row && this.#toRow(row);
  }

  /** False for a deleted row. */
  public exists(id: string): boolean {
    const statement = this.#statement('exists', [], () => {
      return `SELECT 1 FROM ${this.#name} WHERE "Id" = ? AND "IsDeleted" = 0`;
    });
    return statement.get(id) !== undefined;
  }

  /** Rows, without deleted ones, in which every field has the given value, by id: that is the order of creation. */
  public find(criteria: StoredValues): SObjectRow[] {
    return this.#select('SELECT *', criteria, 'ORDER BY "Id"').map((row) => this.#toRow(row));
  }

  public ids(field: Field, value: Stored): string[] {
    const rows = this.#select('SELECT "Id"', new Map([[field, value]]), 'ORDER BY "Id"');
    return rows.map((row) => row['Id'] as string);
  }

  public count(criteria: StoredValues): number {
    return this.#select('SELECT count(*) AS n', criteria)[0]?.['n'] as number;
  }

  /** The id that was given out last, deleted rows included. */
  public lastId(): string | undefined {
    const row = this.db.prepare(`SELECT max("Id") AS id FROM ${this.#name}`).get();
    return (row?.['id'] as string | null) ?? undefined;
  }

  #select(what: string, criteria: StoredValues, order = ''): Record<string, SQLOutputValue>[] {
    const fields = [...criteria.keys()];
    // `= ?` and not `IS ?`: only the first may use an index, which leaves the empty ones out.
    const isNull = fields.map((field) => criteria.get(field) === null);
    const statement = this.#statement(`${what} ${isNull.join()}`, fields, (columns) => {
      const conditions = columns.map((column, index) => `${column} ${isNull[index] ? 'IS NULL' : '= ?'}`);
      return `${what} FROM ${this.#name} WHERE ${[...conditions, '"IsDeleted" = 0'].join(' AND ')} ${order}`;
    });
    return statement.all(...[...criteria.values()].filter((value) => value !== null));
  }

  #statement(verb: string, fields: readonly Field[], sql: (columns: string[]) => string): StatementSync {
    const names = fields.map((field) => field.name);
    const key = `${verb} ${names.join(' ')}`;
    let statement = this.#statements.get(key);
    if (!statement) {
      // Callers choose the columns; a caller with endless combinations must not fill the memory.
      if (this.#statements.size >= 500) this.#statements.clear();
      statement = this.db.prepare(sql(names.map(quoted)));
      this.#statements.set(key, statement);
    }
    return statement;
  }

  #toRow(row: Record<string, unknown>): SObjectRow {
    for (const name of this.#booleans) row[name] = row[name] === 1;
    return row as SObjectRow;
  }
}
