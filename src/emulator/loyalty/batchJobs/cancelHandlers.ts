import { endedBatchJobs } from '../../../contract/bulkJobs.js';
import { batchJobEndpoints } from '../../../contract/endpoints/batchJobEndpoints.js';
import { OrgRefusal } from '../../orgRefusal.js';
import { isId, to18 } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { serve } from '../serve.js';
import { cancelJob } from './jobRecords.js';

/**
 * Cancels a job that has not ended. What its parts have done stays. The guide lists these codes; the texts are ours.
 */
const cancel = serve(
  batchJobEndpoints.cancel,
  (loyalty, { params, writing: { store, userId } }) => {
    if (!isAdministrator(store, userId))
      throw new OrgRefusal(403, 'FORBIDDEN', 'Only a system administrator can cancel batch jobs');
    const job = jobWithId(store, params.batchJobId);
    const status = String(job['Status']);
    if (endedBatchJobs.some((ended) => ended === status))
      throw new OrgRefusal(400, 'INVALID_STATUS', `The batch job has the status ${status} and cannot be canceled`);
    if (isWritingBack(store, job))
      throw new OrgRefusal(400, 'DELETE_FAILED', 'The results of the batch job are being written back');
    cancelJob(loyalty, job.Id, userId);
    return { message: `The batch job ${job.Id} is canceled.` };
  },
  { status: () => 201 },
);

export const cancelHandlers = [cancel];

function isAdministrator(store: Store, userId: string): boolean {
  const profile = store.get('Profile', String(store.get('User', userId)?.['ProfileId']));
  return profile?.['Name'] === 'System Administrator';
}

/** @throws {OrgRefusal} 404 */
function jobWithId(store: Store, id: string): SObjectRow {
  const job = isId(id) && store.model.typeOfId(id)?.name === 'BatchJob' ? store.get('BatchJob', to18(id)) : undefined;
  if (job) return job;
  throw new OrgRefusal(404, 'RESOURCE_NOT_FOUND', `There is no batch job ${id}`);
}

/** Only calculations write everything back at once. */
function isWritingBack(store: Store, { Id, Type }: SObjectRow): boolean {
  return Type === 'Calc' && store.find('BatchJobPart', { BatchJobId: Id, Status: 'InProgress' }).length > 0;
}
