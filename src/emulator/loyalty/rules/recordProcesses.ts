import type { ProgramRules, RuleParameter } from '../../../rules/index.js';
import type { Org } from '../../org.js';
import type { Store } from '../../store/store.js';

/**
 * Adds the records of the processes that rules have, where the program exists and has none of that name, as a deploy of
 * the metadata does. Other active processes of the same journal type and subtype become inactive, because an org has
 * only one. A process whose journal type the org lacks is left out.
 */
export function recordProcesses({ store, rules }: Org): void {
  for (const program of rules?.programs ?? []) {
    const row = store.first('LoyaltyProgram', { Name: program.label });
    if (row) store.transaction(() => recordOf(store, row.Id, program));
  }
}

function recordOf(store: Store, programId: string, { processes }: ProgramRules): void {
  for (const { name, type, status, executionType, journalType, journalSubType, parameters } of processes) {
    if (store.first('LoyaltyProgramProcess', { LoyaltyProgramId: programId, Name: name })) continue;
    const journal = journalType === undefined ? undefined : store.first('JournalType', { Name: journalType });
    if (journalType !== undefined && !journal) continue;
    const subtype =
      journalSubType === undefined || !journal
        ? undefined
        : store.first('JournalSubType', { Name: journalSubType, JournalTypeId: journal.Id });
    const values = {
      Name: name,
      LoyaltyProgramId: programId,
      ProcessType: type,
      Status: status,
      ExecutionType: executionType,
      JournalTypeId: journal?.Id ?? null,
      JournalSubTypeId: subtype?.Id ?? null,
    };
    if (status === 'Active' && journal) makeRoom(store, values);
    const id = store.insert('LoyaltyProgramProcess', values, { as: 'org' });
    recordParameters(store, id, [...parameters.values()]);
  }
}

/** What a process takes and answers, so that a client can look it up. The other parameters are left out. */
function recordParameters(store: Store, processId: string, parameters: readonly RuleParameter[]): void {
  for (const { name, kind, dataType, decimalPlaces, objectName, isInput, isOutput } of parameters) {
    if (!isInput && !isOutput) continue;
    const values = {
      ...{ LoyaltyProgramProcessId: processId, Name: name, Type: kind, DataType: dataType },
      ...{ IsInput: isInput, IsOutput: isOutput, DecimalPlaces: decimalPlaces ?? null, ObjectName: objectName ?? null },
    };
    store.insert('LoyaltyProgramProcessParameter', values, { as: 'org' });
  }
}

function makeRoom(
  store: Store,
  { LoyaltyProgramId, JournalTypeId, JournalSubTypeId }: Readonly<Record<string, string | null>>,
): void {
  const others = store
    .find('LoyaltyProgramProcess', { LoyaltyProgramId, JournalTypeId, Status: 'Active' })
    .filter((other) => other['JournalSubTypeId'] === JournalSubTypeId);
  for (const { Id } of others) store.update('LoyaltyProgramProcess', Id, { Status: 'Inactive' }, { as: 'org' });
}
