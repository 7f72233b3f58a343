import { z } from 'zod';
import { StartedBatchJob } from '../bulkJobs.js';
import { endpoint } from '../endpoint.js';

/** Always one map, which is empty for a definition without input variables. */
export const StartJobRequest = z.object({ inputs: z.array(z.record(z.string(), z.unknown())).length(1) });

/** Guide: "Batch Job Cancel Output". */
const Canceled = z.looseObject({ message: z.string().nullish() });

export const batchJobEndpoints = {
  /** Starts a job of Batch Management. */
  start: endpoint({
    method: 'POST',
    path: '/actions/custom/batchJobAction/{definition}',
    since: 51,
    guide: 'Batch Job Action',
    request: StartJobRequest,
    response: StartedBatchJob,
  }),
  /** Starts a definition of the Data Processing Engine. */
  startCalculation: endpoint({
    method: 'POST',
    path: '/actions/custom/dataProcessingEngineAction/{definition}',
    since: 51,
    guide: 'Data Processing Engine Action',
    request: StartJobRequest,
    response: StartedBatchJob,
  }),
  /** Only a job that has not ended can be canceled, and only by a system administrator. */
  cancel: endpoint({
    method: 'POST',
    path: '/connect/batch-job/{batchJobId}/cancel-job',
    since: 52,
    guide: 'Batch Job Cancel',
    response: Canceled,
  }),
};
