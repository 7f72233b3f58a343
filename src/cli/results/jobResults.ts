import { z } from 'zod';
import { countsOf, RecordError, wholeCount } from './recordShapes.js';

const text = z.string().nullable();

/** How a job ended; `running` for all statuses before the end. */
export const jobStatuses = ['running', 'completed', 'completedWithFailures', 'failed', 'canceled'] as const;
export type JobStatus = (typeof jobStatuses)[number];

const run = {
  /** Id of the job. */
  key: z.string(),
  status: z.enum(jobStatuses),
  /** As the org says it, such as `QueueingInProgress`. */
  orgStatus: text,
  definition: text,
  /** As the org says it, such as `Calc` for the Data Processing Engine. */
  type: text,
  startTime: text,
  endTime: text,
  error: RecordError.optional(),
};

const JobRecord = z.object({
  ...run,
  /** 0 before the org has divided the work, and if it does not show the parts. */
  parts: z.object({ total: wholeCount, ended: wholeCount }),
  work: z.object({ total: wholeCount, processed: wholeCount, failed: wholeCount }),
  /** Records that failed, at most 200. */
  failures: z.array(z.object({ failedRecordId: z.string(), record: text, status: text, message: text })),
});
export type JobRecord = z.infer<typeof JobRecord>;

const JobRecords = z.object({ records: z.array(JobRecord), counts: countsOf(jobStatuses) });

export const RunJobResult = JobRecords;
export type RunJobResult = z.infer<typeof RunJobResult>;

export const CancelJobResult = JobRecords;
export type CancelJobResult = z.infer<typeof CancelJobResult>;

export const ListJobsResult = z.object({
  /** The latest runs. */
  records: z.array(z.object(run)),
  /** What can be started. */
  definitions: z.array(z.object({ name: z.string(), kind: z.enum(['batch', 'calculation']), label: text })),
  counts: countsOf(jobStatuses),
});
export type ListJobsResult = z.infer<typeof ListJobsResult>;
