import { ProcessType, ProgramProcessRequest, type ProgramProcessResponse } from '../../../contract/programProcess.js';
import { ApiError, notFound, notImplemented } from '../../apiError.js';
import { type Endpoint, ok } from '../../http/endpoint.js';
import type { Org } from '../../org.js';
import type { SObjectRow } from '../../store/tables/table.js';
import type { Engine } from '../engine/engine.js';
import { JournalReader } from '../journals.js';
import { MemberDirectory } from '../members.js';
import { parse } from '../parse.js';
import { creditPoints, debitPoints } from './pointsProcesses.js';
import type { ProcessRun } from './processCall.js';
import { ProcessFailure } from '../processFailure.js';
import { ProcessParameters } from './processParameters.js';
import { type Program, programNamed } from '../programs.js';
import { enrollInPromotion, getMemberPromotions, optOutPromotion } from './promotionProcesses.js';
import { todayIn } from '../today.js';
import { inOneTransaction } from '../work.js';

const runs: Partial<Record<ProcessType, ProcessRun>> = {
  CreditPointsToMembers: creditPoints,
  DebitPointsFromMembers: debitPoints,
  GetMemberPromotions: getMemberPromotions,
  EnrollInPromotion: enrollInPromotion,
  OptOutPromotion: optOutPromotion,
};

/**
 * Loyalty program process (v56). The last path segment is the name that the org gave to the process; what it does
 * follows from its type. A process that fails answers HTTP 200 with `status: false`, and has stored nothing.
 */
export function programProcessEndpoints(org: Org, engine: Engine): Endpoint[] {
  const members = new MemberDirectory(org.store);
  const journals = new JournalReader(org.store);
  return [
    {
      method: 'POST',
      path: '/services/data/:version/connect/loyalty/programs/:program/program-processes/:process',
      since: 56,
      handle: ({ params, body, session }) => {
        const program = programNamed(org.store, params['program'] ?? '', notFound);
        const process = processNamed(org, program, params['process'] ?? '');
        const parameters = parametersOf(body.object());
        const run = runOf(process);
        const today = todayIn(org);
        return ok(
          answer(() => {
            requireActive(process);
            return inOneTransaction(org, session.userId, (writing) =>
              run({ writing, program, parameters, members, journals, engine, today }),
            );
          }),
        );
      },
    },
  ];
}

/** In any case, which is inferred. An active one goes before others of the name. @throws ApiError 404 NOT_FOUND */
function processNamed({ store }: Org, program: Program, name: string): SObjectRow {
  const processes = store.find('LoyaltyProgramProcess', { LoyaltyProgramId: program.id, Name: name });
  const process = processes.find((each) => each['Status'] === 'Active') ?? processes[0];
  if (!process) throw notFound(`The process ${name} does not exist in the loyalty program ${program.name}.`);
  return process;
}

/** @throws ApiError 400: every sample holds exactly one map, and what several do is unpublished */
function parametersOf(body: Readonly<Record<string, unknown>>): ProcessParameters {
  const given = body['processParameters'];
  if (Array.isArray(given) && given.length !== 1) {
    throw new ApiError(400, 'INVALID_API_INPUT', `processParameters takes one map of parameters, not ${given.length}.`);
  }
  const [parameters = {}] = parse(ProgramProcessRequest, { processParameters: given }).processParameters;
  return new ProcessParameters(parameters);
}

/** @throws ApiError 501 for a type that this org does not have, which is not a failure of the process */
function runOf({ ProcessType: given }: SObjectRow): ProcessRun {
  if (given === 'TransactionJournal') return runByJournals;
  const type = ProcessType.safeParse(given);
  const run = type.success ? runs[type.data] : undefined;
  if (run) return run;
  throw notImplemented(`processes of type ${String(given)}`);
}

/** The guide says that journals run such a process, not what this resource answers. */
function runByJournals(): never {
  throw new ProcessFailure('A process of type TransactionJournal is run by journals, and not called by its name.');
}

/** @throws ProcessFailure */
function requireActive({ Name, Status }: SObjectRow): void {
  if (Status !== 'Active') throw new ProcessFailure(`The process ${String(Name)} is not active.`);
}

/** Whatever the process fails at, also a row that the org refuses, is the process's failure and not the call's. */
function answer(run: () => Record<string, unknown>[]): ProgramProcessResponse {
  try {
    return envelope({ message: null, results: run() });
  } catch (error) {
    if (error instanceof ProcessFailure) return envelope({ message: error.message, results: [] });
    if (!(error instanceof ApiError)) throw error;
    return envelope({ message: `${error.errorCode}: ${error.message}`, results: [] });
  }
}

/** Both levels of `outputParameters`, and `simulationDetails`, stand there always: an SDK cannot read it otherwise. */
function envelope({ message, results }: { message: string | null; results: Record<string, unknown>[] }) {
  return {
    message,
    outputParameters: { outputParameters: { results } },
    simulationDetails: {},
    status: message === null,
  };
}
