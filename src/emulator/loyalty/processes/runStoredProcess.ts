import type { Parameters } from '../../../contract/parameter.js';
import { OrgRefusal, notImplemented } from '../../orgRefusal.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { ProcessFailure } from '../processFailure.js';
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
 * Runs a LoyaltyProgramProcess by its type, and returns its results.
 * @throws {ProcessFailure}
 * @throws {OrgRefusal} 501 for a type that this org does not have
 */
export function runStoredProcess(
  call: Omit<ProcessCall, 'inputs'>,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown>[] {
  const run = runOf(call.process);
  requireActive(call.process);
  return orProcessFailure(() => run(call, given));
}

/** The inputs of the template that a process was cloned from. */
export function inputsOfProcess({ ProcessType: given }: SObjectRow): Parameters {
  return served.find(({ type }) => type === given)?.inputs ?? {};
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
