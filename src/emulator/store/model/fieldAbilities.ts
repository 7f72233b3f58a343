import type { FieldDefinition, FieldType } from '../../../contract/sobject.js';

/*
 * What a query may do with a field. Describe reports it and SOQL enforces it. It depends on the field's type (SOQL
 * reference, "Aggregate Functions" and "GROUP BY"; practice). A field whose definition says `unfilterable` allows
 * nothing.
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
  'time',
]);
const unaggregatable: ReadonlySet<FieldType> = new Set([...unsortable, 'boolean']);

export function isFilterable(field: FieldDefinition): boolean {
  return isAllowed(field, unfilterable);
}

export function isSortable(field: FieldDefinition): boolean {
  return isAllowed(field, unsortable);
}

export function isGroupable(field: FieldDefinition): boolean {
  return isAllowed(field, ungroupable) && !field.autoNumber && !isLongText(field);
}

/** Whether at least one aggregate function accepts the field. */
export function isAggregatable(field: FieldDefinition): boolean {
  return isAllowed(field, unaggregatable) && !(field.type === 'textarea' && isLongText(field));
}

function isLongText({ type, length = type === 'textarea' ? Infinity : 0 }: FieldDefinition): boolean {
  return length > 255;
}

function isAllowed(field: FieldDefinition, except: ReadonlySet<FieldType>): boolean {
  return !field.unfilterable && !except.has(field.type);
}

/** Fields that an org indexes in every object (SOQL reference, "Indexed Fields"). */
const alwaysIndexed = new Set(['Id', 'Name', 'CreatedDate', 'SystemModstamp']);

/** Whether an org has an index of the field, so that a filter on it is selective. The local org has its own indexes. */
export function isIndexedInOrg({ name, definition }: { name: string; definition: FieldDefinition }): boolean {
  const { type, idLookup, unique, externalId, indexed } = definition;
  return alwaysIndexed.has(name) || type === 'reference' || [idLookup, unique, externalId, indexed].includes(true);
}
