import type { FieldValues } from '../client/index.js';

/** A record of a program. It refers to other records as objects, because their Ids are not known yet. */
export interface ProgramRecord {
  readonly object: string;
  readonly name: string;
  /** Field that refers to the owner. It identifies a record together with the name; without it, the name alone does. */
  readonly parentField?: string;
  /** Reference fields and the records they refer to. */
  readonly references: Readonly<Record<string, ProgramRecord>>;
  /** All other fields except Name. */
  readonly fields: FieldValues;
}

/** A record of a program that is in the org. */
export interface EnsuredRecord {
  readonly object: string;
  readonly name: string;
  readonly id: string;
  readonly status: 'created' | 'existing';
}

type Part = Partial<Pick<ProgramRecord, 'parentField' | 'references'>> & {
  readonly fields: Readonly<Record<string, FieldValues[string] | undefined>>;
};

/** Returns a record without fields that have no value, because naming a field that an org does not have is an error. */
export function record(object: string, name: string, { fields, references = {}, parentField }: Part): ProgramRecord {
  const given = Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field, value] as const],
  );
  return { object, name, references, fields: Object.fromEntries(given), ...(parentField && { parentField }) };
}

/** Returns what all records of a program share, with further references. */
export function ofProgram(program: ProgramRecord, references: ProgramRecord['references'] = {}) {
  return { parentField: 'LoyaltyProgramId', references: { LoyaltyProgramId: program, ...references } };
}

/** Finds a record by name. @throws {RangeError} if there is none, which a validated definition rules out */
export function named(records: readonly ProgramRecord[], name: string): ProgramRecord {
  const found = records.find((each) => each.name === name);
  if (!found) throw new RangeError(`The definition has no "${name}"; was it checked?`);
  return found;
}
