import type { DatabaseSync } from '../../../base/sqlite/sqlite.js';
import { IdSequence } from '../ids/idSequence.js';
import type { SObjectType } from '../model/objectModel.js';
import { SystemValues } from '../values/systemValues.js';
import { ObjectTable } from './objectTable.js';

/** The table, id sequence and system values of one object. */
export interface TableGroup {
  readonly table: ObjectTable;
  readonly ids: IdSequence;
  readonly system: SystemValues;
}

/** One shelf per object, made on first use, because an org usually uses only a dozen of its hundred objects. */
export class ObjectTables {
  readonly #shelves = new Map<SObjectType, TableGroup>();

  /** Since the first change of the model: the types that it has now, by name. */
  #current: ReadonlyMap<string, SObjectType> = new Map();

  /** Origin of the id sequence of shelves made from now on. */
  origin = 0;

  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  of(type: SObjectType): TableGroup {
    let shelf = this.#shelves.get(type);
    if (!shelf) {
      // A job that began before a deploy still has the type of that time.
      const current = this.#current.get(type.name);
      if (current && current !== type) return this.of(current);
      const table = new ObjectTable(this.#db, type);
      const ids = new IdSequence(type.definition.keyPrefix, table.lastId(), this.origin);
      shelf = { table, ids, system: new SystemValues(type) };
      this.#shelves.set(type, shelf);
    }
    return shelf;
  }

  /** Forgets the tables of objects that have changed. Ids go on where they were. */
  replaceTypes(types: readonly SObjectType[]): void {
    const kept = new Set(types);
    this.#current = new Map(types.map((type) => [type.name, type]));
    for (const [type, { ids }] of [...this.#shelves]) {
      if (kept.has(type)) continue;
      this.#shelves.delete(type);
      const next = this.#current.get(type.name);
      if (next?.definition.keyPrefix !== type.definition.keyPrefix) continue;
      this.#shelves.set(next, { table: new ObjectTable(this.#db, next), ids, system: new SystemValues(next) });
    }
  }

  /** Must be called after writes were undone. */
  forgetRecent(): void {
    for (const { table } of this.#shelves.values()) table.forgetRecent();
  }
}
