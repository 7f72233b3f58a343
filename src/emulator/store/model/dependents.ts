import type { FieldDefinition } from '../../../contract/sobject.js';
import type { ModelField, ObjectModel, SObjectType } from './objectModel.js';

/** A reference field that makes the rows of its object depend on a parent. */
export interface Dependent {
  readonly type: SObjectType;
  readonly field: ModelField;
  readonly deletion: ParentDeletion;
}

/** What happens to a row when the parent that it refers to is deleted. */
export type ParentDeletion = NonNullable<FieldDefinition['onParentDelete']>;

/** Returns undefined for a lookup that keeps the id of its deleted parent. */
export function parentDeletionOf({ masterDetail, onParentDelete }: FieldDefinition): ParentDeletion | undefined {
  return masterDetail ? 'cascade' : onParentDelete;
}

/** Whether writing a row locks the parent that this field refers to. */
export function isLocking(definition: FieldDefinition): boolean {
  return definition.locksParent === true || parentDeletionOf(definition) === 'cascade';
}

const dependents = new WeakMap<ObjectModel['types'], ReadonlyMap<string, readonly Dependent[]>>();

/** Returns the reference fields that must be handled when a row of this object is deleted. */
export function dependentsOf(type: SObjectType, model: ObjectModel): readonly Dependent[] {
  let byParent = dependents.get(model.types);
  if (!byParent) {
    byParent = dependentsByParent(model.types);
    dependents.set(model.types, byParent);
  }
  return byParent.get(type.name) ?? [];
}

function dependentsByParent(types: readonly SObjectType[]): Map<string, readonly Dependent[]> {
  const byParent = new Map<string, Dependent[]>();
  for (const type of types) {
    for (const field of type.fields) {
      const deletion = parentDeletionOf(field.definition);
      if (!deletion) continue;
      for (const parent of field.definition.referenceTo ?? []) {
        const others = byParent.get(parent) ?? [];
        byParent.set(parent, [...others, { type, field, deletion }]);
      }
    }
  }
  return byParent;
}
