import { dependentsOf, parentDeletionOf } from '../../store/model/dependents.js';
import type { ObjectModel, SObjectType } from '../../store/model/objectModel.js';

/** Returns `childRelationships` of a describe answer. They include details for which SOQL has no relationship name. */
export function childRelationships(type: SObjectType, model: ObjectModel): Record<string, unknown>[] {
  const named = type.definition.children ?? [];
  const unnamed = dependentsOf(type, model)
    .map((dependent) => ({ childObject: dependent.type.name, field: dependent.field.name, name: null }))
    .filter(
      ({ childObject, field }) => !named.some((each) => each.childObject === childObject && each.field === field),
    );
  return [...named, ...unnamed].map(({ childObject, field, name }) => {
    const reference = model.type(childObject)?.field(field)?.definition;
    const deletion = reference && parentDeletionOf(reference);
    return {
      childSObject: childObject,
      field,
      relationshipName: name,
      cascadeDelete: deletion === 'cascade',
      restrictedDelete: deletion === 'refuse',
      deprecatedAndHidden: false,
      junctionIdListNames: [],
      junctionReferenceTo: [],
    };
  });
}
