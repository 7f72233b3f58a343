import { toSoughtValue } from './values/coerce.js';
import type { Field, SObjectType } from './model/objectModel.js';
import { type GivenValues, noSuchColumn, type StoredValues } from './values/validate.js';

/** @throws {ApiError} 400 INVALID_FIELD when the object has no such field */
export function fieldOf(type: SObjectType, name: string): Field {
  const field = type.field(name);
  if (!field) throw noSuchColumn(name, type);
  return field;
}

/**
 * Converts values to search for to the form in which columns store them.
 *
 * @throws {ApiError} 400 INVALID_FIELD when the object has no such field
 */
export function toCriteria(type: SObjectType, criteria: GivenValues): StoredValues {
  return new Map(
    Object.entries(criteria).map(([name, value]) => {
      const field = fieldOf(type, name);
      return [field, toSoughtValue(value, field)];
    }),
  );
}
