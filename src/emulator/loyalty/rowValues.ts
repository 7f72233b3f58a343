import type { Store } from '../store/store.js';
import type { FieldValue, SObjectRow } from '../store/tables/objectTable.js';

/** The record that a reference of the row points to; undefined for none. */
export function parentOf(store: Store, row: SObjectRow, field: string, objectName: string): SObjectRow | undefined {
  const id = row[field];
  return typeof id === 'string' ? store.get(objectName, id) : undefined;
}

export function textOrNull(row: SObjectRow | undefined, field: string): string | null {
  const value = row?.[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Zero where the row has none. */
export function numberOf(row: SObjectRow, field: string): number {
  const value = row[field];
  return typeof value === 'number' ? value : 0;
}

/** The fields that the org has added, nulls included. */
export function customFieldsOf(row: SObjectRow): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name.endsWith('__c')));
}
