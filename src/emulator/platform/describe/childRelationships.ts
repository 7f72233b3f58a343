import { parentDeletionOf } from '../../store/model/dependents.js';
import type { ModelField, ObjectModel, SObjectType } from '../../store/model/objectModel.js';

export interface DescribedChild {
  readonly childSObject: string;
  readonly field: string;
  /** Null for children that SOQL cannot walk to. */
  readonly relationshipName: string | null;
  readonly cascadeDelete: boolean;
  readonly restrictedDelete: boolean;
  readonly deprecatedAndHidden: false;
  readonly junctionIdListNames: readonly string[];
  readonly junctionReferenceTo: readonly string[];
}

/**
 * Returns `childRelationships` of a describe answer: every reference to the object, sorted by the child's name. Many have
 * no name, so that SOQL cannot walk them.
 */
export function childRelationships(type: SObjectType, model: ObjectModel): DescribedChild[] {
  const names = new Map(type.definition.children?.map((child) => [`${child.childObject}.${child.field}`, child.name]));
  return model.types
    .flatMap((child) => referencesTo(type, child).map((field) => ({ child: child.name, field })))
    .sort((a, b) => compare(a.child, b.child) || compare(a.field.name, b.field.name))
    .map(({ child, field }) => describeChild(child, field, names.get(`${child}.${field.name}`)));
}

function referencesTo(parent: SObjectType, child: SObjectType): ModelField[] {
  return child.fields.filter(({ definition }) => definition.referenceTo?.includes(parent.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function describeChild(
  child: string,
  { name, definition }: ModelField,
  relationshipName: string | null = null,
): DescribedChild {
  const deletion = parentDeletionOf(definition);
  return {
    childSObject: child,
    field: name,
    relationshipName,
    cascadeDelete: deletion === 'cascade',
    restrictedDelete: deletion === 'refuse',
    deprecatedAndHidden: false,
    junctionIdListNames: [],
    junctionReferenceTo: [],
  };
}
