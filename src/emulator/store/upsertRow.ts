import { OrgRefusal, notFound, refused } from '../orgRefusal.js';
import { coerceValue } from './values/coerceValue.js';
import type { StoredValue } from './values/coerceValue.js';
import { isKey } from './model/objectModel.js';
import type { ModelField, SObjectType } from './model/objectModel.js';
import type { Store, WriteOptions } from './store.js';
import type { GivenValues } from './values/validateRow.js';

/** The field and value in the address of an upsert. */
export interface Key {
  readonly type: SObjectType;
  readonly field: ModelField;
  readonly value: StoredValue;
}

/** Result of an upsert. `ambiguous`: several rows have the key, so nothing was written. */
export type Upserted =
  | { readonly outcome: 'created' | 'updated'; readonly id: string }
  | { readonly outcome: 'ambiguous'; readonly ids: readonly string[] };

/**
 * Returns a field that identifies rows: an External ID, or a standard field marked idLookup.
 *
 * @throws {OrgRefusal} 404 NOT_FOUND for any other field
 */
export function keyFieldOf(type: SObjectType, fieldName: string): ModelField {
  const field = type.field(fieldName);
  if (field && isKey(field)) return field;
  throw notFound(`Provided external ID field does not exist or is not accessible: ${fieldName}`);
}

/**
 * Reads a key from a request. Only an `Id` may be empty; that asks for a new row.
 *
 * @throws {OrgRefusal} when `keyFieldOf` or `coerce` refuses the field or value; 400 MISSING_ARGUMENT when there is no
 *   value
 */
export function keyOf(type: SObjectType, fieldName: string, value: unknown): Key {
  const field = keyFieldOf(type, fieldName);
  const key = coerceValue(value, field);
  if (key === null && field.name !== 'Id') {
    throw refused('MISSING_ARGUMENT', `${field.name} not specified`, [field.name]);
  }
  return { type, field, value: key };
}

/** Updates the row with the key, or inserts a row. A given `Id` never inserts. `given` must not contain the key. */
export function upsert(store: Store, key: Key, given: GivenValues, options: WriteOptions): Upserted {
  const { type, field, value } = key;
  refuseKeyInBody(key, given);
  if (field.name === 'Id' && typeof value === 'string') {
    store.update(type.name, value, given, options);
    return { outcome: 'updated', id: value };
  }
  const [id, ...others] = store.idsWith(type, field, value);
  if (id === undefined) {
    return { outcome: 'created', id: store.insert(type.name, { ...given, [field.name]: value }, options) };
  }
  if (others.length > 0) return { outcome: 'ambiguous', ids: [id, ...others] };
  store.update(type.name, id, given, options);
  return { outcome: 'updated', id };
}

function refuseKeyInBody({ field }: Key, given: GivenValues): void {
  for (const name of Object.keys(given)) {
    if (['id', field.name.toLowerCase()].includes(name.toLowerCase())) throw notInBody(name);
  }
}

/** The body must not repeat a field that is in the address. */
export function notInBody(fieldName: string): OrgRefusal {
  return new OrgRefusal(400, 'INVALID_FIELD', `The ${fieldName} field should not be specified in the sobject data.`);
}
