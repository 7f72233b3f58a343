import { isSameId } from '../../base/sameId.js';
import type { OrgProgram, OrgRecord } from '../org/readOrgProgram.js';
import type { ProgramRecord } from '../records/programRecord.js';

/** The records of an org that records of a definition are about. */
export type MatchedRecords = ReadonlyMap<ProgramRecord, OrgRecord>;

/**
 * Finds the record in the org for each record of a definition, by the fields that identify it. Case is ignored, because
 * SOQL ignores it. Of several, the one in the same case is taken, and then the oldest.
 */
export function matchRecords(records: readonly ProgramRecord[], { objects }: OrgProgram): MatchedRecords {
  const matched = new Map<ProgramRecord, OrgRecord>();
  for (const record of records) {
    const candidates = objects.get(record.object)?.records ?? [];
    const same = candidates.filter((candidate) =>
      record.identity.every((field) => isIdentified(candidate.values[field], field, { record, matched })),
    );
    const found = same.find(({ values }) => values['Name'] === record.fields['Name']) ?? same[0];
    if (found) matched.set(record, found);
  }
  return matched;
}

interface Wanted {
  readonly record: ProgramRecord;
  readonly matched: MatchedRecords;
}

function isIdentified(value: OrgRecord['values'][string] | undefined, field: string, wanted: Wanted): boolean {
  const target = wanted.record.references[field];
  if (!target) return folded(value) === folded(wanted.record.fields[field]);
  const id = wanted.matched.get(target)?.id;
  return id !== undefined && typeof value === 'string' && isSameId(value, id);
}

function folded(value: OrgRecord['values'][string] | undefined): unknown {
  return typeof value === 'string' ? value.toLowerCase() : (value ?? null);
}
