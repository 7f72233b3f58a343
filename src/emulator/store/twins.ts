import type { TwinRecord } from '../../contract/sobject.js';
import type { ObjectModel, SObjectType } from './model/objectModel.js';
import type { SObjectRow } from './tables/objectTable.js';
import type { StoredValues } from './values/validateRow.js';

/** A row that shows the values of another one. */
export interface Twin {
  readonly type: SObjectType;
  readonly id: string;
}

/** The twin that a new row of this object brings with it; undefined if it has none, or is the one that is brought. */
export function bringsTwin({ definition }: SObjectType, model: ObjectModel): TwinRecord | undefined {
  const { twin } = definition;
  return twin?.backField !== undefined && model.type(twin.object) ? twin : undefined;
}

/** Fields of the twin of a row that has just been inserted, by name. */
export function valuesOfTwin({ fields, flag, backField = '' }: TwinRecord, row: SObjectRow): Record<string, unknown> {
  const values: Record<string, unknown> = { [flag]: true, [backField]: row.Id };
  for (const [own, theirs] of Object.entries(fields)) values[theirs] = row[own];
  return values;
}

/** The twin that a row has. */
export function twinOf({ definition }: SObjectType, row: SObjectRow, model: ObjectModel): Twin | undefined {
  const { twin } = definition;
  if (!twin || row[twin.flag] !== true) return undefined;
  const [type, id] = [model.type(twin.object), row[twin.idField]];
  return type && typeof id === 'string' ? { type, id } : undefined;
}

/** What a change of a row changes in its twin. Empty for fields that the twin has not. */
export function mirrored({ definition }: SObjectType, values: StoredValues, twin: Twin): StoredValues {
  const theirs: StoredValues = new Map();
  for (const [{ name }, value] of values) {
    const field = twin.type.field(definition.twin?.fields[name] ?? '');
    if (field) theirs.set(field, value);
  }
  return theirs;
}
