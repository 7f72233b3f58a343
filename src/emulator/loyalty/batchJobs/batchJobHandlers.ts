import { z } from 'zod';
import { ok } from '../../http/orgEndpoint.js';
import { notFound } from '../../orgRefusal.js';
import { Background } from '../../platform/bulk/backgroundJobs.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { parseInput } from '../parseInput.js';
import type { ServedResource } from '../serve.js';
import { runBatchJob } from './batchJobRun.js';

const path = '/services/data/:version/actions/custom/batchJobAction';
/** Loyalty Management Developer Guide, "Batch Job Action". */
const since = 51;

const Request = z.object({ inputs: z.array(z.unknown()).length(1) });

/**
 * Starts the batch job of a definition. This org has one definition: the job that runs all Pending journals. The answer
 * has its outputs where the guide's newer sample has them.
 */
const startBatchJob: ServedResource = (loyalty) => {
  const { store, clock } = loyalty.org;
  const background = new Background(() => store.db.isOpen);
  return {
    method: 'POST',
    path: `${path}/:definition`,
    since,
    handle: ({ params, body, session }) => {
      parseInput(Request, body.object());
      const definition = definitionNamed(store, params['definition'] ?? '');
      const name = String(definition['Name']);
      const job = store.insert(
        'BatchJob',
        {
          ...{ Name: name, BatchJobDefinitionName: name, Type: 'LoyaltyProgramProcess', Status: 'Submitted' },
          ...{ StartTime: new Date(clock.now()).toISOString(), RetryCount: 0 },
        },
        { as: 'org', userId: session.userId },
      );
      background.begin(runBatchJob(loyalty, { jobId: job, name, userId: session.userId }));
      return ok([
        {
          actionName: name,
          errors: null,
          isSuccess: true,
          outputValues: { batchJobId: job, accepted: true },
          version: 1,
        },
      ]);
    },
  };
};

const listBatchJobs: ServedResource = ({ org }) => ({
  method: 'GET',
  path,
  since,
  handle: ({ path: url }) =>
    ok({
      actions: definitions(org.store).map(({ Name, Label }) => ({
        ...{ label: Label, name: Name, type: 'BATCHJOBACTION', url: `${url}/${String(Name)}` },
      })),
    }),
});

export const batchJobHandlers = [startBatchJob, listBatchJobs];

function definitions(store: Store): SObjectRow[] {
  return store.find('BatchProcessJobDefView', { IsActive: true });
}

function definitionNamed(store: Store, name: string): SObjectRow {
  const found = definitions(store).find((row) => String(row['Name']).toLowerCase() === name.toLowerCase());
  if (!found) throw notFound();
  return found;
}
