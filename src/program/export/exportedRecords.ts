import type { OrgProgram, OrgRecord } from '../org/readOrgProgram.js';

type Value = OrgRecord['values'][string];

/** Something of the org's program that a definition cannot say. */
export interface NotExported {
  readonly object: string;
  /** Name of the record, or its Id if it has none. */
  readonly name: string;
  /** Absent if the whole record is left out. */
  readonly field?: string;
  readonly value?: Value;
  readonly reason: string;
}

/** The records of a program, as an export reads them. Notes what it leaves out. */
export class ExportedRecords {
  readonly notExported: NotExported[] = [];
  readonly #objects: OrgProgram['objects'];

  constructor(objects: OrgProgram['objects']) {
    this.#objects = objects;
  }

  /** Those with a Name come in its order, so that a file changes only where the program does. */
  of(object: string): readonly OrgRecord[] {
    const records = this.#objects.get(object)?.records ?? [];
    return records.toSorted((a, b) => byCodeUnits(nameOf(a), nameOf(b)));
  }

  /** Records whose reference leads to another record. */
  under(object: string, field: string, { id }: OrgRecord): readonly OrgRecord[] {
    return this.of(object).filter(({ values }) => values[field] === id);
  }

  /** The name of the record that a reference leads to, or undefined without a reference. */
  nameBehind(object: string, id: Value | undefined): string | undefined {
    const found = this.find(object, id);
    return found && nameOf(found);
  }

  find(object: string, id: Value | undefined): OrgRecord | undefined {
    return this.#objects.get(object)?.records.find((each) => each.id === id);
  }

  /** The tier group that a record belongs to, where a definition has to say which. */
  tierGroupOf({ values }: OrgRecord): string | undefined {
    const isOnly = this.#objects.get('LoyaltyTierGroup')?.records.length === 1;
    return isOnly ? undefined : this.nameBehind('LoyaltyTierGroup', values['LoyaltyTierGroupId']);
  }

  /** Notes that the definition cannot say a value. Nothing is noted for null, false and "". */
  leaveOut(record: OrgRecord, field: string, reason: string): void {
    const value = record.values[field];
    if (value === undefined || value === null || value === false || value === '') return;
    this.notExported.push({ object: record.object, name: nameOf(record), field, value, reason });
  }

  leaveOutRecord(record: OrgRecord, reason: string): void {
    this.notExported.push({ object: record.object, name: nameOf(record), reason });
  }
}

export function nameOf({ values, id }: OrgRecord): string {
  return text(values['Name']) ?? id;
}

/** Returns a text, or undefined for none. */
export function text(value: Value | undefined): string | undefined {
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

/** Returns a number, or undefined for none. */
export function number(value: Value | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Compares by code units, so that the order is the same in any org and on any machine. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
