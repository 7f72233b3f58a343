import { isLocking } from '../model/dependents.js';
import type { Field, SObjectType } from '../model/objectModel.js';
import type { SObjectRow } from '../tables/table.js';
import type { Change } from '../watch.js';

/**
 * Which rows a write takes: the row itself unless it is new, and the parents that it belongs to, also when the write
 * does not touch the reference. Parents are the masters of a row, those that take it with them when they are deleted,
 * and those that its object says it locks (platform guide, "Organize Data to Minimize Lock Contention").
 */
export class LockedRows {
  readonly #parentFields = new Map<SObjectType, readonly Field[]>();

  /** @param stored the row as it is, asked for only when the write does not say who its parents are */
  public of({ operation, type, id, values }: Change, stored: () => SObjectRow | undefined): string[] {
    const rows = operation === 'insert' ? [] : [id];
    for (const field of this.#parentsOf(type)) {
      const parent = values.get(field) ?? (operation === 'insert' ? undefined : stored()?.[field.name]);
      if (typeof parent === 'string') rows.push(parent);
    }
    return rows;
  }

  #parentsOf(type: SObjectType): readonly Field[] {
    let fields = this.#parentFields.get(type);
    if (!fields) {
      fields = type.fields.filter(({ definition }) => isLocking(definition));
      this.#parentFields.set(type, fields);
    }
    return fields;
  }
}
