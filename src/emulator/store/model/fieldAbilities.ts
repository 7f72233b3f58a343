import type { FieldDefinition, FieldType } from '../../../contract/sobject.js';

/*
 * What a query may do with a field: describe tells it, and SOQL holds to it. By type (SOQL reference, "Aggregate
 * Functions" and "GROUP BY"; practice), except where the definition keeps a field out of all of them.
 */

const unfilterable: ReadonlySet<FieldType> = new Set(['address', 'base64']);
const unsortable: ReadonlySet<FieldType> = new Set([...unfilterable, 'multipicklist']);
const ungroupable: ReadonlySet<FieldType> = new Set([
  ...unsortable,
  'currency',
  'datetime',
  'double',
  'long',
  'percent',
  'textarea',
  'time',
]);
const unaggregatable: ReadonlySet<FieldType> = new Set([...unsortable, 'boolean', 'textarea']);

export function isFilterable(field: FieldDefinition): boolean {
  return isAllowed(field, unfilterable);
}

export function isSortable(field: FieldDefinition): boolean {
  return isAllowed(field, unsortable);
}

export function isGroupable(field: FieldDefinition): boolean {
  return isAllowed(field, ungroupable);
}

/** Whether any aggregate function takes it: not all of them do. */
export function isAggregatable(field: FieldDefinition): boolean {
  return isAllowed(field, unaggregatable);
}

function isAllowed(field: FieldDefinition, except: ReadonlySet<FieldType>): boolean {
  return !field.unfilterable && !except.has(field.type);
}
