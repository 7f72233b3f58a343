import { StartJobRequest } from '../../../contract/endpoints/batchJobEndpoints.js';
import { ok } from '../../http/orgEndpoint.js';
import { notFound, OrgRefusal } from '../../orgRefusal.js';
import { describedAction, listedAction } from '../actions/describedAction.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { NamedInputs } from '../parameters.js';
import { parseInput } from '../parseInput.js';
import type { ServedResource } from '../serve.js';
import { runJournalsJob } from './batchJobRun.js';
import { activeDefinitions, batchManagement, calculations, startedOutputs } from './jobDefinitions.js';
import type { JobDefinition, JobEngine } from './jobDefinitions.js';
import { JobRecords, openJobs } from './jobRecords.js';
import { runProgramsJob } from './programsJobRun.js';

/** Loyalty Management Developer Guide, "Batch Job Action", "Data Processing Engine Action". */
const since = 51;
const root = '/services/data/:version/actions/custom';

export const batchJobHandlers = [batchManagement, calculations].flatMap((engine) => [
  starting(engine),
  listing(engine),
  describing(engine),
]);

/** The answer has its outputs where the newer sample of the guide has them. */
function starting(engine: JobEngine): ServedResource {
  return (loyalty) => ({
    method: 'POST',
    path: `${root}/${engine.action}/:definition`,
    since,
    handle: ({ params, body, session }) => {
      const { inputs } = parseInput(StartJobRequest, body.object());
      const definition = definitionNamed(loyalty, engine, params['definition'] ?? '');
      const started = start(loyalty, engine, { definition, inputs: inputs[0] ?? {}, userId: session.userId });
      const outputValues = { batchJobId: started, accepted: true };
      return ok([{ actionName: definition.name, errors: null, isSuccess: true, outputValues, version: 1 }]);
    },
  });
}

function listing(engine: JobEngine): ServedResource {
  return (loyalty) => ({
    method: 'GET',
    path: `${root}/${engine.action}`,
    since,
    handle: ({ path }) =>
      ok({
        actions: activeDefinitions(loyalty, engine).map((definition) => ({
          ...listedAction(definition, path),
          type: engine.action.toUpperCase(),
        })),
      }),
  });
}

function describing(engine: JobEngine): ServedResource {
  return (loyalty) => ({
    method: 'GET',
    path: `${root}/${engine.action}/:definition`,
    since,
    handle: ({ params }) => {
      const definition = definitionNamed(loyalty, engine, params['definition'] ?? '');
      const described = describedAction({ ...definition, inputs: engine.inputs, outputs: startedOutputs });
      return ok({ ...described, standard: false, type: engine.action.toUpperCase() });
    },
  });
}

interface Start {
  readonly definition: JobDefinition;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly userId: string;
}

/** Returns the Id of the job. */
function start(loyalty: LoyaltyOrg, engine: JobEngine, { definition, inputs, userId }: Start): string {
  const { name, job } = definition;
  if (engine.type === 'Calc') refuseSecond(loyalty, name, inputs);
  const records = JobRecords.submit(loyalty, { name, type: engine.type, userId, inputs });
  const path = `/actions/custom/${engine.action}/${name}`;
  const program = new NamedInputs(calculations.inputs, inputs).text('program_name');
  loyalty.background.begin(
    job === 'journals' ? runJournalsJob(loyalty, records) : runProgramsJob(loyalty, records, { job, path, program }),
  );
  return records.id;
}

/** Two runs with the same inputs at a time are refused; the code is inferred. @throws {OrgRefusal} 400 */
function refuseSecond(loyalty: LoyaltyOrg, name: string, inputs: Readonly<Record<string, unknown>>): void {
  const same = { BatchJobDefinitionName: name, RuntimeParameter: JSON.stringify(inputs) };
  if (openJobs(loyalty, same).length === 0) return;
  throw new OrgRefusal(400, 'INVALID_API_INPUT', `${name} is already running with these inputs`);
}

/** @throws {OrgRefusal} 404 */
function definitionNamed(loyalty: LoyaltyOrg, engine: JobEngine, wanted: string): JobDefinition {
  const found = activeDefinitions(loyalty, engine).find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (!found) throw notFound();
  return found;
}
