import { isLocking } from '../model/dependents.js';
import type { ModelField, SObjectType } from '../model/objectModel.js';
import type { SObjectRow } from '../tables/objectTable.js';
import type { Change } from '../storeObserver.js';

/**
 * Tells which rows a write locks: the row itself, unless it is new, and its parents, even if the write does not change
 * the reference. The parents are its masters, lookups whose deletion deletes the row, and references whose field
 * definition says `locksParent` (platform guide, "Organize Data to Minimize Lock Contention").
 */
export class LockedRows {
  readonly #parentFields = new Map<SObjectType, readonly ModelField[]>();

  /** @param stored returns the stored row; called only when the write does not contain a parent's id */
  of({ operation, type, id, values }: Change, stored: () => SObjectRow | undefined): string[] {
    const rows = operation === 'insert' ? [] : [id];
    for (const field of this.#parentsOf(type)) {
      const parent = values.get(field) ?? (operation === 'insert' ? undefined : stored()?.[field.name]);
      if (typeof parent === 'string') rows.push(parent);
    }
    return rows;
  }

  #parentsOf(type: SObjectType): readonly ModelField[] {
    let fields = this.#parentFields.get(type);
    if (!fields) {
      fields = type.fields.filter(({ definition }) => isLocking(definition));
      this.#parentFields.set(type, fields);
    }
    return fields;
  }
}
