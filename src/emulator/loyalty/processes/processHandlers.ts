import { processEndpoints, ProgramProcessRequest } from '../../../contract/endpoints/processEndpoints.js';
import type { ProgramProcessResponse } from '../../../contract/endpoints/processEndpoints.js';
import { OrgRefusal, notFound, notImplemented } from '../../orgRefusal.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { parseInput } from '../parseInput.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import { serve } from '../serve.js';
import { unenrollMemberProcess, updateMemberDetailsProcess } from './memberProcesses.js';
import { creditPointsProcess, debitPointsProcess } from './pointsProcesses.js';
import type { ServedProcess } from './processCall.js';
import { cancelByProcess, issueByProcess } from './voucherProcesses.js';
import { enrollInPromotionProcess, getMemberPromotionsProcess, optOutPromotionProcess } from './promotionProcesses.js';
import { changeTierProcess } from './tierProcess.js';

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
 * The last path segment is the name that the org gave to the process; what it does follows from its type. A process that
 * fails answers HTTP 200 with `status: false`, and has stored nothing.
 */
const runProcess = serve(
  processEndpoints.run,
  (loyalty, { params, body, program, writing }) => {
    const process = processNamed(writing.store, program, params.process);
    const run = runOf(process);
    const [given = {}] = body.processParameters;
    requireActive(process);
    const results = orProcessFailure(() => run({ loyalty, writing, program, process }, given));
    return envelope({ message: null, results });
  },
  { readBody: readParameters, failure: (message) => envelope({ message, results: [] }) },
);

export const processHandlers = [runProcess];

/** In any case, which is inferred. An active one goes before others of the name. @throws {OrgRefusal} 404 NOT_FOUND */
function processNamed(store: Store, program: Program, name: string): SObjectRow {
  const processes = store.find('LoyaltyProgramProcess', { LoyaltyProgramId: program.id, Name: name });
  const process = processes.find((each) => each['Status'] === 'Active') ?? processes[0];
  if (!process) throw notFound(`The process ${name} does not exist in the loyalty program ${program.name}.`);
  return process;
}

/** @throws {OrgRefusal} 400: every sample holds exactly one map, and what several do is unpublished */
function readParameters({ processParameters: given }: Readonly<Record<string, unknown>>): ProgramProcessRequest {
  if (Array.isArray(given) && given.length !== 1) {
    throw new OrgRefusal(
      400,
      'INVALID_API_INPUT',
      `processParameters takes one map of parameters, not ${given.length}.`,
    );
  }
  return parseInput(ProgramProcessRequest, { processParameters: given });
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

/** Both levels of `outputParameters`, and `simulationDetails`, stand there always: an SDK cannot read it otherwise. */
function envelope({
  message,
  results,
}: {
  message: string | null;
  results: Record<string, unknown>[];
}): ProgramProcessResponse {
  return {
    message,
    outputParameters: { outputParameters: { results } },
    simulationDetails: {},
    status: message === null,
  };
}
