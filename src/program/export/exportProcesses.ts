import { nameOf, text } from './exportedRecords.js';
import type { ExportedRecords } from './exportedRecords.js';

/** Every program works with them, and an opening balance needs an Accrual. */
const always = ['Accrual', 'Redemption'];

/**
 * Journal types are shared by the org. Those of the program's processes are exported with all their subtypes, and
 * Accrual and Redemption.
 */
export function exportJournalTypes(records: ExportedRecords): unknown[] {
  const used = new Set(records.of('LoyaltyProgramProcess').map(({ values }) => values['JournalTypeId']));
  return records
    .of('JournalType')
    .filter((type) => used.has(type.id) || always.includes(nameOf(type)))
    .map((type) => ({
      name: nameOf(type),
      description: text(type.values['Description']),
      subtypes: records.under('JournalSubType', 'JournalTypeId', type).map(nameOf),
    }));
}

export function exportProcesses(records: ExportedRecords): unknown[] {
  return records.of('LoyaltyProgramProcess').map((process) => {
    const { values } = process;
    return {
      name: nameOf(process),
      type: values['ProcessType'],
      description: text(values['Description']),
      status: values['Status'],
      execution: values['ExecutionType'] ?? undefined,
      journalType: records.nameBehind('JournalType', values['JournalTypeId']),
      journalSubtype: records.nameBehind('JournalSubType', values['JournalSubTypeId']),
      tierGroup: records.tierGroupOf(process),
    };
  });
}
