import type { FindRecords, RecordValues } from '../../contract/sobject.js';
import { refused } from '../apiError.js';
import type { ObjectModel, SObjectType } from './model/objectModel.js';
import type { SObjectRow } from './tables/table.js';

/** What records that depend on others need of the store. */
interface Records {
  readonly model: ObjectModel;
  find(objectName: string, values: RecordValues): SObjectRow[];
  insert(objectName: string, values: RecordValues, options: { as: 'org'; userId?: string }): string;
}

/** Inserts the records that come with a new one, as its object says. */
export function insertCompanions(
  store: Records,
  { definition }: SObjectType,
  row: SObjectRow,
  userId: string | undefined,
): void {
  for (const { object, valuesFor } of definition.companions ?? []) {
    if (!store.model.type(object)) continue;
    for (const values of valuesFor(row, finder(store))) {
      store.insert(object, values, { as: 'org', ...(userId !== undefined && { userId }) });
    }
  }
}

/**
 * @param given names of the fields that a caller writes
 * @throws ApiError 400 when the rule of the object does not let the row stand as it is now
 */
export function requireSaveRule(
  store: Records,
  { definition }: SObjectType,
  row: SObjectRow,
  given: ReadonlySet<string>,
): void {
  const refusal = definition.saveRule?.(row, finder(store), given);
  if (refusal) throw refused(refusal.errorCode, refusal.message, refusal.fields);
}

/** A model may lack objects that a definition looks for: then there are none. */
function finder(store: Records): FindRecords {
  return (objectName: string, values: RecordValues) =>
    store.model.type(objectName) ? store.find(objectName, values) : [];
}
