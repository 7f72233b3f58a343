import { ApiError, notFound, refused } from '../apiError.js';
import { coerce, type Stored } from './values/coerce.js';
import { type Field, isKey, type SObjectType } from './model/objectModel.js';
import type { Store, WriteOptions } from './store.js';
import type { GivenValues } from './values/validate.js';

/** A field that may stand in an upsert's address, and the value to look for. */
export interface Key {
  readonly type: SObjectType;
  readonly field: Field;
  readonly value: Stored;
}

/** One of these happened. `ambiguous`: several rows have the key, nothing was written. */
export type Upserted =
  | { readonly outcome: 'created' | 'updated'; readonly id: string }
  | { readonly outcome: 'ambiguous'; readonly ids: readonly string[] };

/**
 * A field by which a caller may name a row: an External ID, or a standard field that is marked idLookup.
 * @throws ApiError 404 NOT_FOUND for any other field
 */
export function keyFieldOf(type: SObjectType, fieldName: string): Field {
  const field = type.field(fieldName);
  if (field && isKey(field)) return field;
  throw notFound(`Provided external ID field does not exist or is not accessible: ${fieldName}`);
}

/**
 * A key as a caller names it. Only the id may be nothing: that means a new row.
 * @throws ApiError as `keyFieldOf` and `coerce` do, 400 MISSING_ARGUMENT for no value
 */
export function keyOf(type: SObjectType, fieldName: string, value: unknown): Key {
  const field = keyFieldOf(type, fieldName);
  const key = coerce(value, field);
  if (key === null && field.name !== 'Id') {
    throw refused('MISSING_ARGUMENT', `${field.name} not specified`, [field.name]);
  }
  return { type, field, value: key };
}

/** Updates the row that has the key, or inserts one, but never by an id. The key itself is not among `given`. */
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

/** What the address says is not said again in the body. */
export function notInBody(fieldName: string): ApiError {
  return new ApiError(400, 'INVALID_FIELD', `The ${fieldName} field should not be specified in the sobject data.`);
}
