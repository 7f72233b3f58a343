import { toSoughtValue } from './values/coerceValue.js';
import type { ModelField, SObjectType } from './model/objectModel.js';
import { noSuchColumn } from './values/validateRow.js';
import type { GivenValues, StoredValues } from './values/validateRow.js';

/** @throws {OrgRefusal} 400 INVALID_FIELD when the object has no such field */
export function criterionField(type: SObjectType, name: string): ModelField {
  const field = type.field(name);
  if (!field) throw noSuchColumn(name, type);
  return field;
}

/**
 * Converts values to search for to the form in which columns store them.
 *
 * @throws {OrgRefusal} 400 INVALID_FIELD when the object has no such field
 */
export function toCriteria(type: SObjectType, criteria: GivenValues): StoredValues {
  return new Map(
    Object.entries(criteria).map(([name, value]) => {
      const field = criterionField(type, name);
      return [field, toSoughtValue(value, field)];
    }),
  );
}
