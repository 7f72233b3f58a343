import type { ProgramRules, RuleParameter, RuleProcess } from '../../../rules/index.js';
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
    if (row) store.transaction(() => addProcesses(store, row.Id, program));
  }
}

function addProcesses(store: Store, programId: string, { processes }: ProgramRules): void {
  for (const process of processes) {
    const known = store.first('LoyaltyProgramProcess', { LoyaltyProgramId: programId, Name: process.name });
    if (!known) writeProcess(store, programId, process);
  }
}

/**
 * Writes the records of the processes of a deployed program, which is created if the org has none of that label.
 * Processes that the file does not name stay as they are.
 *
 * @param descriptions of processes, by name: rules do not have them
 * @throws {OrgRefusal} when the org refuses a record
 */
export function deployProcesses(
  store: Store,
  { label, processes }: ProgramRules,
  descriptions: ReadonlyMap<string, string>,
): void {
  const programId =
    store.first('LoyaltyProgram', { Name: label })?.Id ??
    store.insert('LoyaltyProgram', { Name: label }, { as: 'org' });
  for (const process of processes) {
    const id = writeProcess(store, programId, process);
    const Description = descriptions.get(process.name) ?? null;
    if (id !== undefined) store.update('LoyaltyProgramProcess', id, { Description }, { as: 'org' });
  }
}

/** @returns its Id. Undefined if the org lacks its journal type, and it is left out */
function writeProcess(store: Store, programId: string, process: RuleProcess): string | undefined {
  const { name, type, status, executionType, journalType, journalSubType, tierGroup, parameters } = process;
  const journal = journalType === undefined ? undefined : store.first('JournalType', { Name: journalType });
  if (journalType !== undefined && !journal) return undefined;
  const subtype =
    journalSubType === undefined || !journal
      ? undefined
      : store.first('JournalSubType', { Name: journalSubType, JournalTypeId: journal.Id });
  const group =
    tierGroup === undefined
      ? undefined
      : store.first('LoyaltyTierGroup', { Name: tierGroup, LoyaltyProgramId: programId });
  const values = {
    Name: name,
    LoyaltyProgramId: programId,
    ProcessType: type,
    Status: status,
    ExecutionType: executionType,
    JournalTypeId: journal?.Id ?? null,
    JournalSubTypeId: subtype?.Id ?? null,
    LoyaltyTierGroupId: group?.Id ?? null,
  };
  const known = store.first('LoyaltyProgramProcess', { LoyaltyProgramId: programId, Name: name });
  if (status === 'Active' && journal) makeRoom(store, values, known?.Id);
  if (known) store.update('LoyaltyProgramProcess', known.Id, values, { as: 'org' });
  const id = known?.Id ?? store.insert('LoyaltyProgramProcess', values, { as: 'org' });
  recordParameters(store, id, [...parameters.values()]);
  return id;
}

/** What a process takes and answers, so that a client can look it up. The other parameters are left out. */
function recordParameters(store: Store, processId: string, parameters: readonly RuleParameter[]): void {
  for (const { Id } of store.find('LoyaltyProgramProcessParameter', { LoyaltyProgramProcessId: processId }))
    store.erase('LoyaltyProgramProcessParameter', Id, { as: 'org' });
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
  id: string | undefined,
): void {
  const others = store
    .find('LoyaltyProgramProcess', { LoyaltyProgramId, JournalTypeId, Status: 'Active' })
    .filter((other) => other.Id !== id && other['JournalSubTypeId'] === JournalSubTypeId);
  for (const { Id } of others) store.update('LoyaltyProgramProcess', Id, { Status: 'Inactive' }, { as: 'org' });
}
