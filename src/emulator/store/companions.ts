import type { FindRecords, RecordValues } from '../../contract/sobject.js';
import { refused } from '../apiError.js';
import type { SObjectType } from './model/objectModel.js';
import type { Store, WriteOptions } from './store.js';
import type { SObjectRow } from './tables/table.js';

/** Inserts the records that come with a new one, as its object says. */
export function insertCompanions(store: Store, type: SObjectType, row: SObjectRow, { userId }: WriteOptions): void {
  for (const { object, valuesFor } of type.definition.companions ?? []) {
    if (!store.model.type(object)) continue;
    for (const values of valuesFor(row, finder(store))) {
      store.insert(object, values, { as: 'org', ...(userId !== undefined && { userId }) });
    }
  }
}

/** @throws ApiError 400 when the rule of the object does not let the row stand as it is now */
export function requireSaveRule(store: Store, { definition }: SObjectType, row: SObjectRow): void {
  const refusal = definition.saveRule?.(row, finder(store));
  if (refusal) throw refused(refusal.errorCode, refusal.message, refusal.fields);
}

/** A model may lack objects that a definition looks for: then there are none. */
function finder(store: Store): FindRecords {
  return (objectName: string, values: RecordValues) =>
    store.model.type(objectName) ? store.find(objectName, values) : [];
}
