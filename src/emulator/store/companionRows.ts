import type { FindRecords, RecordValues } from '../../contract/sobject.js';
import { refused } from '../orgRefusal.js';
import type { ObjectModel, SObjectType } from './model/objectModel.js';
import type { SObjectRow } from './tables/objectTable.js';

/** The part of the store that companion records and save rules use. */
interface Records {
  readonly model: ObjectModel;
  find(objectName: string, values: RecordValues): SObjectRow[];
  insert(objectName: string, values: RecordValues, options: { as: 'org'; userId?: string }): string;
}

/** Inserts the companions of a new record, as its object definition lists them. */
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

/** What the org derives for the fields of a new record that were left empty. Undefined for nothing. */
export function derivedValues(
  store: Records,
  { definition }: SObjectType,
  row: SObjectRow,
): Record<string, unknown> | undefined {
  const derived = Object.entries(definition.derivedOnCreate?.(row, finder(store)) ?? {});
  const missing = derived.filter(([name]) => (row[name] ?? null) === null);
  return missing.length > 0 ? Object.fromEntries(missing) : undefined;
}

/**
 * @param given names of the fields that a caller writes
 * @throws {OrgRefusal} 400 if the row now violates a rule of its object
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

/** Finds no records of an object that the model lacks. */
function finder(store: Records): FindRecords {
  return (objectName: string, values: RecordValues) =>
    store.model.type(objectName) ? store.find(objectName, values) : [];
}
