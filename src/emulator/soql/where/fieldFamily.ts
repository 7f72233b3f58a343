import type { FieldType } from '../../../contract/sobject.js';

/** Field types that compare in the same way and accept the same literals. */
export type Family = 'text' | 'id' | 'number' | 'boolean' | 'date' | 'datetime';

const families: Readonly<Partial<Record<FieldType, Family>>> = {
  id: 'id',
  reference: 'id',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
};

export function familyOf(type: FieldType): Family {
  return families[type] ?? 'text';
}
