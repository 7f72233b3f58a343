import { action } from '../action.js';
import { optional, recordId, textList, textParameter } from '../parameter.js';

/** Guide: "Submit Failed Records Batch Job". Runs records that failed in a batch job again, in a job of their own. */
export const submitFailedRecordsBatchJob = action({
  name: 'submitFailedRecordsBatchJob',
  label: 'Submit Failed Records Batch Job',
  since: 52,
  inputs: {
    parentBatchJobId: recordId,
    /** Ids of BatchJobPartFailedRecord. All of the job without it, which is inferred. */
    failedRecordIds: optional(textList),
  },
  outputs: { batchJobId: optional(textParameter), status: optional(textParameter) },
});
