import { isSameId } from '../../base/sameId.js';
import type { FieldValues } from '../../client/index.js';
import type { OrgObject, OrgRecord } from '../org/readOrgProgram.js';
import type { ProgramRecord } from '../records/programRecord.js';
import { missingObject, missingRequired, valueRefusals } from './fieldRefusals.js';
import type { MatchedRecords } from './matchRecords.js';
import type { PlanEntry, PlannedField } from './programPlan.js';
import { isSameValue } from './sameValue.js';

export interface RecordQuestion {
  readonly record: ProgramRecord;
  readonly matched: MatchedRecords;
  /** What the org has of the record's object. */
  readonly found: OrgObject;
  /** Returns the name of a record in the org. */
  readonly nameOf: (id: string) => string;
}

/** Says what becomes of one record. */
export function planRecord(question: RecordQuestion): PlanEntry {
  const { record, matched } = question;
  const existing = matched.get(record);
  return existing ? planExisting(question, existing) : planNew(question);
}

function planNew({ record, found }: RecordQuestion): PlanEntry {
  const { object, name } = record;
  const fields = newFields(record).map(([field, to]) => ({ field, from: null, to }));
  const source = { kind: 'record', record, changed: fields.map(({ field }) => field) } as const;
  const reasons = found.fields.size === 0 ? [missingObject(object)] : [...newRefusals(record, found)];
  const entry = { object, name, fields, source };
  return reasons.length === 0
    ? { action: 'create', ...entry }
    : { action: 'cannot', ...entry, reason: sentence(reasons) };
}

function* newRefusals(record: ProgramRecord, { fields }: OrgObject): Generator<string> {
  const { object } = record;
  const written = newFields(record);
  for (const [field, value] of written) {
    yield* valueRefusals(fields.get(field), {
      object,
      field,
      value: plainValue(record, field, value),
      write: 'create',
    });
  }
  const missing = [...missingRequired(fields, new Set(written.map(([field]) => field)))];
  if (missing.length > 0) {
    yield `This org requires ${missing.join(', ')} of a new ${object}, which a definition cannot say. Create the record in the org; the definition finds it by its name.`;
  }
}

function planExisting({ record, matched, found, nameOf }: RecordQuestion, existing: OrgRecord): PlanEntry {
  const { object, name } = record;
  const fields: PlannedField[] = [];
  for (const [field, to] of writtenFields(record)) {
    if (record.identity.includes(field)) continue;
    const from = existing.values[field] ?? null;
    if (isUnchanged({ record, matched, found }, field, from)) continue;
    const isReference = found.fields.get(field)?.type === 'reference';
    fields.push({ field, from: isReference && from !== null ? nameOf(String(from)) : from, to });
  }
  const source = { kind: 'record', record, changed: fields.map(({ field }) => field) } as const;
  const entry = { object, name, id: existing.id, fields, source };
  if (fields.length === 0) return { action: 'leave', ...entry };
  const reasons = fields.flatMap(({ field, to }) => {
    const value = plainValue(record, field, to);
    return [...valueRefusals(found.fields.get(field), { object, field, value, write: 'change' })];
  });
  return reasons.length === 0
    ? { action: 'change', ...entry }
    : { action: 'cannot', ...entry, reason: sentence(reasons) };
}

function isUnchanged(
  { record, matched, found }: Omit<RecordQuestion, 'nameOf'>,
  field: string,
  from: FieldValues[string],
): boolean {
  const target = record.references[field];
  if (!target) {
    const to = record.fields[field];
    return (to === null && from === nothingChosen) || isSameValue(from, to, found.fields.get(field));
  }
  const id = matched.get(target)?.id;
  return id !== undefined && typeof from === 'string' && isSameId(from, id);
}

/** A value of several picklists that means the same as none. */
const nothingChosen = 'None';

/** What a new record is created with. To remove a value is only possible from an existing one. */
function newFields(record: ProgramRecord): [string, FieldValues[string]][] {
  return writtenFields(record).filter(([, value]) => value !== null);
}

/** All fields that the definition sets, with references by the name of the record they lead to. */
function writtenFields({ fields, references }: ProgramRecord): [string, FieldValues[string]][] {
  const referred = Object.entries(references).map(([field, target]): [string, string] => [field, target.name]);
  return [...Object.entries(fields), ...referred];
}

/** The value to check against the field. Of a reference there is nothing to check. */
function plainValue({ references }: ProgramRecord, field: string, value: FieldValues[string]): FieldValues[string] {
  return field in references ? null : value;
}

function sentence(reasons: readonly string[]): string {
  return reasons.join(' ');
}
