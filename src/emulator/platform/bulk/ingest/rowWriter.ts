import { shortId } from '../../../../base/sameId.js';
import { OrgRefusal, refused } from '../../../orgRefusal.js';
import { isId, to18 } from '../../../store/ids/recordIds.js';
import type { ModelField, SObjectType } from '../../../store/model/objectModel.js';
import type { Store, WriteOptions } from '../../../store/store.js';
import { keyOf, upsert } from '../../../store/upsertRow.js';
import type { GivenValues } from '../../../store/values/validateRow.js';
import type { Column } from './uploadColumns.js';

export type Operation = 'delete' | 'hardDelete' | 'insert' | 'update' | 'upsert';

/** Result for a row that was written. */
export interface WrittenRow {
  readonly id: string;
  readonly created: boolean;
}

/** How a job writes its rows. */
export interface RowWork {
  readonly store: Store;
  readonly type: SObjectType;
  readonly operation: Operation;
  readonly columns: readonly Column[];
  /** The field that identifies a row: `Id` for an update or deletion, the key field for an upsert. */
  readonly key: ModelField | undefined;
  readonly writer: WriteOptions;
}

/** A cell with this text sets the field to null. An empty cell leaves the field unchanged. */
const noValue = '#N/A';

/** Writes single rows of a job. Throws an `OrgRefusal` when a row is refused. */
export class RowWriter {
  readonly #keyColumn: number;

  readonly #work: RowWork;

  constructor(work: RowWork) {
    this.#work = work;

    this.#keyColumn = work.columns.findIndex(({ field, parent }) => field === work.key && !parent);
  }

  /** Returns a text that is equal for cells that identify the same row. Undefined if the cells identify no row. */
  keyText(cells: readonly string[]): string | undefined {
    const { key } = this.#work;
    const cell = cells[this.#keyColumn] ?? '';
    if (!key || cell === '' || cell === noValue) return undefined;
    if (key.name === 'Id') return shortId(cell);
    return key.definition.caseSensitive === true ? cell : cell.toLowerCase();
  }

  /**
   * Whether all rows with the same key in one transaction are refused, as an upsert does. Updates and deletions may use
   * an id more than once.
   */
  get refusesRepeatedKeys(): boolean {
    return this.#work.operation === 'upsert';
  }

  repeatedKey(cells: readonly string[]): OrgRefusal {
    return refused('DUPLICATE_VALUE', `Duplicate external id specified: ${cells[this.#keyColumn] ?? ''}`, [
      this.#work.key?.name ?? '',
    ]);
  }

  /** Returns the id of the row that refused cells identify. Empty if no row or several rows match. */
  existingId(cells: readonly string[]): string {
    const { store, type, key } = this.#work;
    const cell = cells[this.#keyColumn] ?? '';
    if (!key || cell === '' || cell === noValue || !store.model.type(type.name)) return '';
    if (key.name === 'Id') return isId(cell) && store.get(type.name, cell) ? to18(cell) : '';
    const [id = '', ...others] = idsByKey(this.#work, key, cell);
    return others.length === 0 ? id : '';
  }

  write(cells: readonly string[]): WrittenRow {
    const { columns, operation } = this.#work;
    this.#requireTarget();
    if (cells.length !== columns.length) throw wrongCount(cells.length, columns.length);
    switch (operation) {
      case 'insert':
        return this.#insert(this.#given(cells));
      case 'update':
        return this.#update(this.#idOf(cells), this.#given(cells));
      case 'upsert':
        return this.#upsert(cells);
      case 'delete':
      case 'hardDelete':
        return this.#delete(this.#idOf(cells));
    }
  }

  /** A deploy may delete the object or the key field while the job runs. */
  #requireTarget(): void {
    const { store, type, key } = this.#work;
    const current = store.model.type(type.name);
    if (!current) throw refused('INVALID_TYPE', `sObject type '${type.name}' is not supported.`);
    if (!key || current.field(key.name)) return;
    throw refused('INVALID_FIELD', `No such column '${key.name}' on sobject of type ${type.name}`);
  }

  #insert(given: GivenValues): WrittenRow {
    const { store, type, writer } = this.#work;
    return { id: store.insert(type.name, given, writer), created: true };
  }

  #update(id: string, given: GivenValues): WrittenRow {
    const { store, type, writer } = this.#work;
    store.update(type.name, id, given, writer);
    return { id, created: false };
  }

  #delete(id: string): WrittenRow {
    const { store, type, writer, operation } = this.#work;
    if (operation === 'delete') store.delete(type.name, id, writer);
    else store.erase(type.name, id, writer);
    return { id, created: false };
  }

  #upsert(cells: readonly string[]): WrittenRow {
    const { store, type, writer, key } = this.#work;
    const cell = cells[this.#keyColumn] ?? '';
    const isGiven = cell !== '' && cell !== noValue;
    if (key === undefined || key.name === 'Id') {
      return isGiven ? this.#update(this.#idOf(cells), this.#given(cells)) : this.#insert(this.#given(cells));
    }
    const current = store.type(type.name);
    const result = upsert(store, keyOf(current, key.name, isGiven ? cell : null), this.#given(cells), writer);
    if (result.outcome !== 'ambiguous') return { id: result.id, created: result.outcome === 'created' };
    const found = `more than one record found for external id field: [${result.ids.join(', ')}]`;
    throw refused('DUPLICATE_EXTERNAL_ID', `${key.label}: ${found}`, [key.name]);
  }

  #idOf(cells: readonly string[]): string {
    const id = cells[this.#keyColumn] ?? '';
    const call = this.#work.operation === 'update' || this.#work.operation === 'upsert' ? 'an update' : 'a delete';
    if (id === '' || id === noValue) throw refused('MISSING_ARGUMENT', `Id not specified in ${call} call`, ['Id']);
    if (!isId(id)) throw refused('MALFORMED_ID', `bad id ${id}`, ['Id']);
    return to18(id);
  }

  /** Returns the values of the row without its key, with the names that the store expects. */
  #given(cells: readonly string[]): GivenValues {
    const given: Record<string, unknown> = {};
    let index = -1;
    for (const { name, parent } of this.#work.columns) {
      index += 1;
      const cell = cells[index] ?? '';
      if (cell === '' || index === this.#keyColumn) continue;
      if (cell === noValue) given[name] = null;
      else if (!parent) given[name] = cell;
      else if (parent.typeName === undefined) given[name] = { [parent.key.name]: cell };
      else given[name] = { attributes: { type: parent.typeName }, [parent.key.name]: cell };
    }
    return given;
  }
}

function idsByKey({ store, type }: RowWork, key: ModelField, cell: string): readonly string[] {
  try {
    const current = store.type(type.name);
    return store.idsWith(current, key, keyOf(current, key.name, cell).value);
  } catch (error) {
    // A text that is not a valid value of the field, or a deleted field, cannot be the key of a row.
    if (error instanceof OrgRefusal) return [];
    throw error;
  }
}

function wrongCount(found: number, expected: number): OrgRefusal {
  return refused('INVALID_CSV_ROW', `The row has ${found} fields where ${expected} are expected`);
}
