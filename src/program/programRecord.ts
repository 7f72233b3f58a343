import type { FieldValues } from '../client/index.js';

/** A record that a program consists of. Others are pointed to as records, because their Ids are not known yet. */
export interface ProgramRecord {
  readonly object: string;
  readonly name: string;
  /** Field that points to the owning record. With the name it identifies a record; without one, the name alone does. */
  readonly parentField?: string;
  /** Reference fields, with the records they point to. */
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

/** Fields without a value are left out: naming a field that an org does not have is an error. */
export function record(object: string, name: string, { fields, references = {}, parentField }: Part): ProgramRecord {
  const given = Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field, value] as const],
  );
  return { object, name, references, fields: Object.fromEntries(given), ...(parentField && { parentField }) };
}

/** What records of a program have in common, and further records that they point to. */
export function ofProgram(program: ProgramRecord, references: ProgramRecord['references'] = {}) {
  return { parentField: 'LoyaltyProgramId', references: { LoyaltyProgramId: program, ...references } };
}

/** @throws {RangeError} when there is none, which a checked definition rules out */
export function named(records: readonly ProgramRecord[], name: string): ProgramRecord {
  const found = records.find((each) => each.name === name);
  if (!found) throw new RangeError(`The definition has no "${name}"; was it checked?`);
  return found;
}
