import { processEndpoints, ProgramProcessRequest } from '../../../contract/endpoints/processEndpoints.js';
import type { ProgramProcessResponse } from '../../../contract/endpoints/processEndpoints.js';
import { notFound } from '../../orgRefusal.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { parseInput } from '../parseInput.js';
import type { Program } from '../programDirectory.js';
import { serve } from '../serve.js';
import { runStoredProcess } from './runStoredProcess.js';
import { invalidInput } from '../invalidInput.js';

/**
 * The last path segment is the name that the org gave to the process; what it does follows from its type. A process that
 * fails answers HTTP 200 with `status: false`, and has stored nothing.
 */
const runProcess = serve(
  processEndpoints.run,
  (loyalty, { params, body, program, writing }) => {
    const process = processNamed(writing.store, program, params.process);
    const [given = {}] = body.processParameters;
    const results = runStoredProcess({ loyalty, writing, program, process }, given);
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
    throw invalidInput(`processParameters takes one map of parameters, not ${given.length}.`);
  }
  return parseInput(ProgramProcessRequest, { processParameters: given });
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
