import { submitFailedRecordsBatchJob } from '../../../contract/actions/batchJobActions.js';
import { shortId } from '../../../base/sameId.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { serveAction } from '../actions/servedAction.js';
import { ProcessFailure } from '../processFailure.js';
import { runJournalsJob } from './batchJobRun.js';
import { JobRecords } from './jobRecords.js';

/**
 * Runs records that failed in a job again, in a job of their own, and marks them as Resubmitted. Only journals fail one by
 * one here: a job that works program by program has no failed records.
 */
export const submitFailedRecords = serveAction(submitFailedRecordsBatchJob, (loyalty, { writing, inputs }) => {
  const { store, userId } = writing;
  const parent = inputs.record('parentBatchJobId', store, 'BatchJob');
  const failed = store.find('BatchJobPartFailedRecord', { BatchJobId: parent.Id, Status: 'Failed' });
  const wanted = chosen(failed, inputs.get('failedRecordIds'));
  if (wanted.length === 0) throw new ProcessFailure(`The batch job ${parent.Id} has no failed records to submit.`);
  const job = { name: String(parent['BatchJobDefinitionName']), type: 'LoyaltyProgramProcess', userId } as const;
  const records = JobRecords.submit(loyalty, job);
  for (const { Id } of wanted) {
    const values = { Status: 'Resubmitted', ResubmittedBatchJobId: records.id };
    store.update('BatchJobPartFailedRecord', Id, values, { as: 'org', userId });
  }
  const ids = wanted.map((row) => String(row['Record']));
  loyalty.background.begin(runJournalsJob(loyalty, records, ids));
  return { batchJobId: records.id, status: 'Submitted' };
});

/** @throws {ProcessFailure} for an Id that is no failed record of the job */
function chosen(failed: readonly SObjectRow[], given: unknown): readonly SObjectRow[] {
  const ids = given === undefined ? undefined : [given].flat().map(String);
  if (!ids) return failed;
  const byId = new Map(failed.map((row) => [shortId(row.Id), row]));
  return ids.map((id) => {
    const row = byId.get(shortId(id));
    if (!row) throw new ProcessFailure(`${id} is not a failed record of this batch job that can be submitted.`);
    return row;
  });
}
