import type { JournalType } from '../definition/processShapes.js';
import type { ProgramDefinition } from '../definition/programDefinition.js';
import type { ProgramRecord, ProgramRecords } from './programRecord.js';
import { tierGroupRecord } from './tierRecords.js';
import type { ProgramOwner } from './tierRecords.js';

/** Adds journal types, which belong to the org, and then their subtypes. */
export function addJournalTypes(records: ProgramRecords, journalTypes: readonly JournalType[]): void {
  for (const { name, description } of journalTypes) {
    records.add('JournalType', name, { fields: { Description: description, ProcessType: 'Loyalty' } });
  }
  for (const { name, subtypes } of journalTypes) {
    const owner = { JournalTypeId: records.named('JournalType', name) };
    for (const subtype of subtypes) records.add('JournalSubType', subtype, { owner, fields: {} });
  }
}

export function addProcesses(records: ProgramRecords, definition: ProgramDefinition, owner: ProgramOwner): void {
  for (const process of definition.processes) {
    const { name, type, status, description, execution, journalType, journalSubtype } = process;
    const fields = {
      Description: description,
      ProcessType: type,
      ExecutionType: execution,
      Status: status,
      // Without a subtype, a process is for all journals of its type that no other process is for.
      JournalSubTypeId: journalType !== undefined && journalSubtype === undefined ? null : undefined,
    };
    const references = { ...journalReferences(records, process), ...groupReference(records, process, definition) };
    records.add('LoyaltyProgramProcess', name, { owner, references, fields });
  }
}

type Process = ProgramDefinition['processes'][number];

function journalReferences(
  records: ProgramRecords,
  { journalType, journalSubtype }: Process,
): Record<string, ProgramRecord> {
  if (journalType === undefined) return {};
  const JournalTypeId = records.named('JournalType', journalType);
  if (journalSubtype === undefined) return { JournalTypeId };
  return { JournalTypeId, JournalSubTypeId: records.named('JournalSubType', journalSubtype, JournalTypeId) };
}

function groupReference(
  records: ProgramRecords,
  { type, tierGroup }: Process,
  { tierGroups }: ProgramDefinition,
): Record<string, ProgramRecord> {
  return type === 'TierProcessing' ? { LoyaltyTierGroupId: tierGroupRecord(records, tierGroup, tierGroups) } : {};
}
