import type { BatchJobRun, BatchJobState, FailedRecordRow, LoyaltyClient } from '../../client/index.js';
import { exitCodes } from '../errors/exitCodes.js';
import type { ExitCode } from '../errors/exitCodes.js';
import type { JobRecord, JobStatus, ListJobsResult } from '../results/jobResults.js';

const ended: Readonly<Record<string, JobStatus>> = {
  Completed: 'completed',
  CompletedWithFailures: 'completedWithFailures',
  Failed: 'failed',
  Canceled: 'canceled',
};

/** What every list of jobs has about one. */
export function runRecord(job: BatchJobRun): ListJobsResult['records'][number] {
  const status = ended[job.Status ?? ''] ?? 'running';
  return {
    key: job.Id,
    status,
    orgStatus: job.Status,
    definition: job.BatchJobDefinitionName,
    type: job.Type,
    startTime: job.StartTime,
    endTime: job.EndTime,
    ...(job.ErrorDescription !== null && { error: { code: job.Status ?? '', message: job.ErrorDescription } }),
  };
}

/** A job with what it has done, and the records that failed in it. */
export async function jobRecord(client: LoyaltyClient, state: BatchJobState): Promise<JobRecord> {
  const { job, parts, records } = state;
  const failed = records.failed > 0 ? await client.batchJobs.failedRecords(job.Id) : [];
  return { ...runRecord(job), parts, work: records, failures: failed.map(failure) };
}

function failure({ Id, Record, Status, ErrorDescription }: FailedRecordRow): JobRecord['failures'][number] {
  return { failedRecordId: Id, record: Record, status: Status, message: ErrorDescription };
}

/** A job that did not do everything has to be looked at. */
export function jobExitCode(status: JobStatus): ExitCode {
  if (status === 'running') return exitCodes.unfinished;
  return status === 'completed' ? exitCodes.done : exitCodes.attention;
}
