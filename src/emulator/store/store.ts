import type { Clock } from '../../base/clock.js';
import { openDatabase } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { SObjectDefinition } from '../../contract/sobject.js';
import { OrgRefusal, notFound, refused } from '../orgRefusal.js';
import type { StoredValue } from './values/coerceValue.js';
import { derivedValues, insertCompanions, requireSaveRule } from './companionRows.js';
import { criterionField, toCriteria } from './rowCriteria.js';
import { openAlone } from './dataDir.js';
import { to18 } from './ids/recordIds.js';
import { dependentsOf } from './model/dependents.js';
import type { ModelField, ObjectModel, SObjectType } from './model/objectModel.js';
import { bySoapOnly, noSuchRow, stillNeeded } from './refusals.js';
import type { Rows } from './rowLookup.js';
import { ObjectTables } from './tables/objectTables.js';
import type { Stamp } from './values/systemValues.js';
import type { SObjectRow } from './tables/objectTable.js';
import { changeTables } from './tables/changeTables.js';
import { createTables } from './tables/tableSet.js';
import { Transactions } from './transactions.js';
import { bringsTwin, mirrored, twinOf, valuesOfTwin } from './twins.js';
import { requireFields, requireOperation, validate } from './values/validateRow.js';
import type { GivenValues, StoredValues, Writer } from './values/validateRow.js';
import type { Change, StoreWatch } from './storeObserver.js';

export interface StoreOptions {
  readonly model: ObjectModel;
  readonly clock: Clock;
  /** User recorded on rows that are written without an acting user. */
  readonly userId: string;
  /** Existing folder for the org's file. Without it, rows are kept in memory. */
  readonly dataDir?: string | undefined;
  /** Whether callers may delete rows that in an org only the SOAP API can delete. Default: no. */
  readonly deletesLikeSoap?: boolean | undefined;
}

export interface WriteOptions {
  /** Default: a caller, who may write only what the object model allows callers to write. */
  readonly as?: Writer;
  /** Acting user, written to `CreatedById`, `LastModifiedById`, and to `OwnerId` if the row has no other owner. */
  readonly userId?: string;
}

/**
 * The org's rows. Object and field names ignore case, ids may have 15 or 18 characters, and deleted rows are not found.
 *
 * All methods are synchronous, and all writes go through this class. So no other write can come between a handler's
 * read and its write if it does not `await` between them, and locks, limits and logs can observe all writes in one
 * place.
 */
export class Store implements Rows {
  readonly model: ObjectModel;
  /** For reading with SQL; `tables.ts` describes the tables. Write only through the methods, which validate. */
  readonly db: DatabaseSync;
  readonly #shelves: ObjectTables;
  readonly #transactions: Transactions;
  readonly #watches = new Set<StoreWatch>();
  #second = Number.NaN;
  #at = '';

  readonly #options: StoreOptions;

  constructor(options: StoreOptions) {
    this.#options = options;

    this.model = options.model;
    this.db = options.dataDir === undefined ? openDatabase(':memory:') : openAlone(options.dataDir);
    createTables(this.db, this.model);
    this.#shelves = new ObjectTables(this.db);
    this.#transactions = new Transactions(this.db, () => this.#shelves.forgetRecent(), this.#watches);
  }

  /** Sets where the ids of objects without rows begin, so two orgs have no ids in common. */
  countIdsFrom(origin: number): void {
    this.#shelves.origin = origin;
  }

  /**
   * Gives the org other objects and fields. Tables and columns of those that it no longer has are dropped, with their
   * values.
   */
  changeModel(definitions: readonly SObjectDefinition[]): void {
    const before = this.model.types;
    this.model.replace(definitions);
    changeTables(this.db, before, this.model);
    this.#shelves.replaceTypes(this.model.types);
  }

  /** Commits everything that `work` writes, or nothing if it throws. May be nested. `work` must be synchronous. */
  transaction<T>(work: () => T): T {
    return this.#transactions.run(work);
  }

  /**
   * Reports every later write to `watch`. Must be called outside of transactions.
   *
   * @returns a function that ends the watch
   */
  addWatch(watch: StoreWatch): () => void {
    this.#watches.add(watch);
    return () => this.#watches.delete(watch);
  }

  /** @throws {OrgRefusal} 404 NOT_FOUND when the org has no object with that name */
  type(objectName: string): SObjectType {
    const type = this.model.type(objectName);
    if (!type) throw notFound();
    return type;
  }

  /**
   * @returns the new row's id
   * @throws {OrgRefusal} when `validate` refuses the row
   */
  insert(objectName: string, given: GivenValues, options: WriteOptions = {}): string {
    const type = this.type(objectName);
    const { system, ids } = this.#shelves.of(type);
    const values = validate(given, { type, writer: options.as ?? 'caller' }, this);
    const byCaller = namesOf(values, options);
    system.complete(values, this.#stamp(options), ids);
    requireFields(type, values);
    const id = values.get(criterionField(type, 'Id')) as string;
    const change: Change = { operation: 'insert', type, id, values };
    const { companions, derivedOnCreate, saveRule } = type.definition;
    if (companions || derivedOnCreate || saveRule) this.transaction(() => this.#insertWhole(change, byCaller, options));
    else this.#insert(change);
    return id;
  }

  /**
   * @throws {OrgRefusal} when `validate` refuses the row; 404 NOT_FOUND when no row has the id, 404 ENTITY_IS_DELETED
   *   when the row is deleted, 400 MALFORMED_ID when the id belongs to another object
   */
  update(objectName: string, id: string, given: GivenValues, options: WriteOptions = {}): void {
    const type = this.type(objectName);
    const rowId = this.#idOfRow(type, id);
    const values = validate(given, { type, writer: options.as ?? 'caller', id: rowId }, this);
    const change: Change = { operation: 'update', type, id: rowId, values };
    const { saveRule } = type.definition;
    if (saveRule) this.transaction(() => this.#updateWhole(change, options));
    else this.#write(change, options);
  }

  /** Inserts a row with a given id, or updates the row that has it. Used to set up an org. */
  put(objectName: string, id: string, given: GivenValues): void {
    if (this.get(objectName, id)) this.update(objectName, id, given, { as: 'org' });
    else this.insert(objectName, { ...given, Id: id }, { as: 'org' });
  }

  /**
   * Marks the row and the children that are deleted with it as deleted.
   *
   * @throws {OrgRefusal} when `update` would not find the row, when callers may not delete it, or when another row needs
   *   it
   */
  delete(objectName: string, id: string, options: WriteOptions = {}): void {
    const type = this.type(objectName);
    const rowId = this.#idOfRow(type, id);
    if (isCaller(options)) this.#requireDeletable(type, rowId);
    this.transaction(() => this.#deleteTree(type, rowId, options));
  }

  /**
   * Deletes the row and the children that are deleted with it permanently, without the recycle bin.
   *
   * @throws {OrgRefusal} when `delete` would throw
   */
  erase(objectName: string, id: string, options: WriteOptions = {}): void {
    const type = this.type(objectName);
    const rowId = this.#idOfRow(type, id);
    if (isCaller(options)) this.#requireDeletable(type, rowId);
    this.transaction(() => {
      for (const row of this.#deleteTree(type, rowId, options)) this.#shelves.of(row.type).table.erase(row.id);
    });
  }

  get(objectName: string, id: string): SObjectRow | undefined {
    const row = this.#shelves.of(this.type(objectName)).table.get(to18(id));
    return row?.['IsDeleted'] === true ? undefined : row;
  }

  /** Returns the rows in which all given fields have the given values, in order of creation. */
  find(objectName: string, criteria: GivenValues): SObjectRow[] {
    const type = this.type(objectName);
    return this.#shelves.of(type).table.find(toCriteria(type, criteria));
  }

  first(objectName: string, criteria: GivenValues): SObjectRow | undefined {
    return this.find(objectName, criteria)[0];
  }

  count(objectName: string, criteria: GivenValues = {}): number {
    const type = this.type(objectName);
    return this.#shelves.of(type).table.count(toCriteria(type, criteria));
  }

  exists(type: SObjectType, id: string): boolean {
    return this.#shelves.of(type).table.exists(id);
  }

  idsWith(type: SObjectType, field: ModelField, value: StoredValue): string[] {
    return this.#shelves.of(type).table.ids(field, value);
  }

  close(): void {
    if (this.db.isOpen) this.db.close();
  }

  /** A row, and all that comes with it. */
  #insertWhole(change: Change, byCaller: ReadonlySet<string>, options: WriteOptions): void {
    const { type, id } = change;
    this.#insert(change);
    const row = this.#derived(type, this.#row(type, id), options);
    requireSaveRule(this, type, row, byCaller);
    this.#insertTwin(type, row, options);
    insertCompanions(this, type, row, options.userId);
  }

  /** Writes what the org derives for a new row, and returns the row with it. */
  #derived(type: SObjectType, row: SObjectRow, options: WriteOptions): SObjectRow {
    const derived = derivedValues(this, type, row);
    if (!derived) return row;
    const id = row.Id;
    const values = validate(derived, { type, writer: 'org', id }, this);
    this.#write({ operation: 'update', type, id, values }, options);
    return this.#row(type, id);
  }

  #insertTwin(type: SObjectType, row: SObjectRow, options: WriteOptions): void {
    const twin = bringsTwin(type, this.model);
    if (!twin || row[twin.flag] !== true) return;
    const id = this.insert(twin.object, valuesOfTwin(twin, row), { ...options, as: 'org' });
    const values: StoredValues = new Map([[criterionField(type, twin.idField), id]]);
    this.#write({ operation: 'update', type, id: row.Id, values }, options);
  }

  /** A change, and what it changes in a row that shows the same values. */
  #updateWhole(change: Change, options: WriteOptions): void {
    const { type, id, values } = change;
    // Both before the write adds who wrote it, and when.
    const byCaller = namesOf(values, options);
    const twin = twinOf(type, this.#row(type, id), this.model);
    const theirs = twin && mirrored(type, values, twin);
    this.#write(change, options);
    if (twin && theirs) this.#write({ operation: 'update', ...twin, values: theirs }, options);
    requireSaveRule(this, type, this.#row(type, id), byCaller);
  }

  #insert(change: Change): void {
    const { table } = this.#shelves.of(change.type);
    if (this.#watches.size === 0) table.insert(change.values);
    else this.#watched(change, () => table.insert(change.values));
  }

  #row(type: SObjectType, id: string): SObjectRow {
    const row = this.get(type.name, id);
    if (!row) throw new Error(`${type.name} ${id} is missing after it was written`);
    return row;
  }

  #requireDeletable(type: SObjectType, id: string): void {
    const { deletedBySoapOnly, deleteRule } = type.definition;
    requireOperation(type, 'deletable');
    if (deletedBySoapOnly && !this.#options.deletesLikeSoap) throw bySoapOnly(type);
    const refusal = deleteRule?.(this.#row(type, id));
    if (refusal) throw refused(refusal.errorCode, refusal.message, refusal.fields);
  }

  #write(change: Change, options: WriteOptions): void {
    const { type, id, values } = change;
    const { table, system } = this.#shelves.of(type);
    system.touch(values, this.#stamp(options));
    if (this.#watches.size === 0) table.update(id, values);
    else this.#watched(change, () => table.update(id, values));
  }

  /** A watched write always runs in a transaction, so the watch learns whether it was committed or undone. */
  #watched(change: Change, write: () => void): void {
    if (!this.#transactions.isOpen) {
      this.transaction(() => this.#watched(change, write));
      return;
    }
    for (const watch of this.#watches) watch.writing(change);
    write();
  }

  /** @returns the rows that were marked as deleted */
  #deleteTree(type: SObjectType, id: string, options: WriteOptions): { type: SObjectType; id: string }[] {
    const marked = [{ type, id }];
    const values: StoredValues = new Map([[criterionField(type, 'IsDeleted'), 1]]);
    this.#write({ operation: 'delete', type, id, values }, options);
    for (const { type: child, field, deletion } of dependentsOf(type, this.model)) {
      for (const childId of this.idsWith(child, field, id)) {
        if (deletion === 'cascade') marked.push(...this.#deleteTree(child, childId, options));
        else if (deletion === 'refuse') throw stillNeeded(id, child, childId);
        else this.#write({ operation: 'update', type: child, id: childId, values: new Map([[field, null]]) }, options);
      }
    }
    return marked;
  }

  #idOfRow(type: SObjectType, id: string): string {
    const rowId = to18(id);
    const { table } = this.#shelves.of(type);
    if (table.exists(rowId)) return rowId;
    if (table.get(rowId)) throw new OrgRefusal(404, 'ENTITY_IS_DELETED', 'entity is deleted', []);
    throw noSuchRow(type, this.model.typeOfId(id), id);
  }

  #stamp({ userId = this.#options.userId }: WriteOptions): Stamp {
    // The platform stores no milliseconds, so all rows of one second share one text.
    const second = Math.floor(this.#options.clock.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#at = new Date(second * 1000).toISOString();
    }
    return { userId, at: this.#at };
  }
}

function isCaller({ as = 'caller' }: WriteOptions): boolean {
  return as === 'caller';
}

/** Names of the fields that a caller writes. */
function namesOf(values: StoredValues, options: WriteOptions): ReadonlySet<string> {
  return new Set(isCaller(options) ? [...values.keys()].map(({ name }) => name) : []);
}
