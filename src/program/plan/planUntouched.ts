import { programObjects } from '../org/programObjects.js';
import type { OrgProgram, OrgRecord } from '../org/readOrgProgram.js';
import type { MatchedRecords } from './matchRecords.js';
import type { PlanEntry, UntouchedRecord } from './programPlan.js';

/**
 * Returns the records of the org's program that no record of the definition is about, in the order of their objects.
 * What the whole org shares, such as journal types and accounts, belongs to other programs, too, and is not among them.
 */
export function untouchedRecords(org: OrgProgram, matched: MatchedRecords): UntouchedRecord[] {
  const known = new Set([...matched.values()].map(({ id }) => id));
  const nameOf = namesIn(org);
  const owned = programObjects.filter(({ programPath }) => programPath !== undefined && programPath !== 'Id');
  return owned.flatMap(({ object }) =>
    (org.objects.get(object)?.records ?? [])
      .filter(({ id }) => !known.has(id))
      .map(({ id }) => ({ object, id, name: nameOf(id) })),
  );
}

/** Returns the entries that delete records, each before the records that it refers to. */
export function deletions(untouched: readonly UntouchedRecord[]): PlanEntry[] {
  return untouched.toReversed().map((record) => {
    return { action: 'delete', ...record, fields: [], source: { kind: 'surplus' } };
  });
}

/** Returns how to name a record of the org: by its Name, or by the records that it links. */
export function namesIn({ objects }: OrgProgram): (id: string) => string {
  const records = new Map<string, OrgRecord>();
  for (const object of objects.values()) for (const record of object.records) records.set(record.id, record);
  const nameOf = (id: string): string => {
    const record = records.get(id);
    const name = record?.values['Name'];
    if (typeof name === 'string') return name;
    const links = Object.keys(programObjects.find(({ object }) => object === record?.object)?.references ?? {});
    const linked = links.flatMap((field) => record?.values[field] ?? []).map((each) => nameOf(String(each)));
    return linked.join(' – ') || id;
  };
  return nameOf;
}
