import type { DatabaseSync } from '../../../base/sqlite.js';
import { IdSequence } from '../ids/idSequence.js';
import type { SObjectType } from '../model/objectModel.js';
import { SystemValues } from '../values/systemValues.js';
import { Table } from './table.js';

/** The table, id sequence and system values of one object. */
export interface Shelf {
  readonly table: Table;
  readonly ids: IdSequence;
  readonly system: SystemValues;
}

/** One shelf per object, made on first use, because an org usually uses only a dozen of its hundred objects. */
export class Shelves {
  readonly #shelves = new Map<SObjectType, Shelf>();

  /** Origin of the id sequence of shelves made from now on. */
  public origin = 0;

  public constructor(private readonly db: DatabaseSync) {}

  public of(type: SObjectType): Shelf {
    let shelf = this.#shelves.get(type);
    if (!shelf) {
      const table = new Table(this.db, type);
      const ids = new IdSequence(type.definition.keyPrefix, table.lastId(), this.origin);
      shelf = { table, ids, system: new SystemValues(type) };
      this.#shelves.set(type, shelf);
    }
    return shelf;
  }

  /** Must be called after writes were undone. */
  public forgetRecent(): void {
    for (const { table } of this.#shelves.values()) table.forgetRecent();
  }
}
