import { z } from 'zod';
import type { Parameter, Parameters } from '../../../contract/parameter.js';
import type { RuleParameter } from '../../../rules/index.js';
import type { Org } from '../../org.js';
import { OrgRefusal, notImplemented } from '../../orgRefusal.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import { loadedRulesOf } from '../rules/loadedRules.js';
import { runLoadedProcess } from './loadedProcess.js';
import type { LoadedProcess } from './loadedProcess.js';
import { unenrollMemberProcess, updateMemberDetailsProcess } from './memberProcesses.js';
import { creditPointsProcess, debitPointsProcess } from './pointsProcesses.js';
import { cancelByProcess, issueByProcess } from './voucherProcesses.js';
import { enrollInPromotionProcess, getMemberPromotionsProcess, optOutPromotionProcess } from './promotionProcesses.js';
import { changeTierProcess } from './tierProcess.js';
import type { ProcessCall, ServedProcess } from './processCall.js';

const served: readonly ServedProcess[] = [
  changeTierProcess,
  creditPointsProcess,
  debitPointsProcess,
  issueByProcess,
  cancelByProcess,
  getMemberPromotionsProcess,
  enrollInPromotionProcess,
  optOutPromotionProcess,
  updateMemberDetailsProcess,
  unenrollMemberProcess,
];

/**
 * Runs the loaded rules of a LoyaltyProgramProcess, or else what its type does, and returns its results.
 * @throws {ProcessFailure}
 * @throws {OrgRefusal} 501 for a type that this org does not have
 */
export function runStoredProcess(
  call: Omit<ProcessCall, 'inputs'>,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown>[] {
  const { loyalty, program, process } = call;
  const loaded = loadedProcessOf(loyalty.org, program, process);
  const run: ServedProcess['run'] = loaded ? (...called) => runLoadedProcess(loaded, ...called) : runOf(process);
  requireActive(process);
  return orProcessFailure(() => run(call, given));
}

/** What a process takes and answers: by its loaded rules, or else as its template has it. */
export function parametersOfProcess(
  org: Org,
  program: Program,
  process: SObjectRow,
): { readonly inputs: Parameters; readonly outputs: Parameters } {
  const loaded = loadedProcessOf(org, program, process);
  if (!loaded) return { inputs: served.find(({ type }) => type === process['ProcessType'])?.inputs ?? {}, outputs: {} };
  const all = [...loaded.process.parameters.values()];
  return {
    inputs: described(all.filter(({ isInput }) => isInput)),
    outputs: described(all.filter(({ isOutput }) => isOutput)),
  };
}

const describedTypes = {
  ...{ Boolean: 'BOOLEAN', Date: 'STRING', DateTime: 'STRING', Numeric: 'DOUBLE', Sobject: 'STRUCTURE' },
  Text: 'STRING',
} as const satisfies Record<RuleParameter['dataType'], Parameter['type']>;

function described(parameters: readonly RuleParameter[]): Parameters {
  return Object.fromEntries(
    parameters.map(({ name, dataType }) => [
      name,
      { type: describedTypes[dataType], required: false, shape: z.unknown() },
    ]),
  );
}

/** The rules that were loaded for an active process of this name. Journals run the others. */
function loadedProcessOf(
  { rules }: Org,
  program: Program,
  { Name, ProcessType }: SObjectRow,
): LoadedProcess | undefined {
  const ofProgram = loadedRulesOf(rules, program.name);
  const name = String(Name).toLowerCase();
  const process = ofProgram?.processes.find(
    (each) => each.name.toLowerCase() === name && each.type === ProcessType && each.type !== 'TransactionJournal',
  );
  const isRun = process?.status === 'Active' && process.rules.length > 0;
  return ofProgram && isRun ? { rules: ofProgram, process } : undefined;
}

/** @throws {OrgRefusal} 501 for a type that this org does not have, which is not a failure of the process */
function runOf({ ProcessType: given }: SObjectRow): ServedProcess['run'] {
  if (given === 'TransactionJournal') return runByJournals;
  const found = served.find(({ type }) => type === given);
  if (found) return found.run;
  throw notImplemented(`processes of type ${String(given)}`);
}

/** The guide says that journals run such a process, not what this resource answers. */
function runByJournals(): never {
  throw new ProcessFailure('A process of type TransactionJournal is run by journals, and not called by its name.');
}

/** @throws {ProcessFailure} */
function requireActive({ Name, Status }: SObjectRow): void {
  if (Status !== 'Active') throw new ProcessFailure(`The process ${String(Name)} is not active.`);
}

/** Whatever the process fails at, also a row that the org refuses, is the process's failure and not the call's. */
function orProcessFailure<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof OrgRefusal) throw new ProcessFailure(`${error.errorCode}: ${error.message}`, { cause: error });
    throw error;
  }
}
