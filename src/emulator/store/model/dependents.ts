import type { FieldDefinition } from '../../../contract/sobject.js';
import type { Field, SObjectType } from './objectModel.js';

/** A field of an object by which its rows depend on a parent. */
export interface Dependent {
  readonly type: SObjectType;
  readonly field: Field;
  readonly deletion: ParentDeletion;
}

/** What deleting a parent does to a row that refers to it. */
export type ParentDeletion = NonNullable<FieldDefinition['onParentDelete']>;

/** Undefined for a lookup that keeps the id of its deleted parent. */
export function parentDeletionOf({ masterDetail, onParentDelete }: FieldDefinition): ParentDeletion | undefined {
  return masterDetail ? 'cascade' : onParentDelete;
}

/** Whether writing a row locks the parent that this reference names. */
export function isLocking(definition: FieldDefinition): boolean {
  return definition.locksParent === true || parentDeletionOf(definition) === 'cascade';
}

/** By object name: what the deletion of one of its rows concerns. References to objects of no model are left out. */
export function dependentsByParent(types: readonly SObjectType[]): Map<string, readonly Dependent[]> {
  const byParent = new Map<string, Dependent[]>();
  for (const type of types) {
    for (const field of type.fields) {
      const deletion = parentDeletionOf(field.definition);
      if (!deletion) continue;
      for (const parent of field.definition.referenceTo ?? []) {
        const dependents = byParent.get(parent) ?? [];
        byParent.set(parent, [...dependents, { type, field, deletion }]);
      }
    }
  }
  return byParent;
}
