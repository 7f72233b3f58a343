import type { z } from 'zod';
import { endedBatchJobs } from '../../contract/bulkJobs.js';
import type { BatchJobRun, PartsOfStatus } from './batchJobRows.js';

/** How far a run is. */
export interface BatchJobState {
  readonly job: BatchJobRun;
  readonly isEnded: boolean;
  /** All 0 before the org has divided the work, and if it does not show the parts. */
  readonly parts: { readonly total: number; readonly ended: number };
  readonly records: { readonly total: number; readonly processed: number; readonly failed: number };
}

const endedParts: readonly unknown[] = ['Completed', 'Failed', 'Canceled'];

export function batchJobState(job: BatchJobRun, parts: readonly z.infer<typeof PartsOfStatus>[]): BatchJobState {
  const sum = (of: (part: z.infer<typeof PartsOfStatus>) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    job,
    isEnded: isEndedBatchJob(job.Status),
    parts: {
      total: sum((part) => part.parts),
      ended: sum((part) => (endedParts.includes(part.Status) ? part.parts : 0)),
    },
    records: {
      total: sum((part) => part.input),
      processed: sum((part) => part.output),
      failed: sum((part) => part.failed),
    },
  };
}

export function isEndedBatchJob(status: string | null): boolean {
  return endedBatchJobs.some((ended) => ended === status);
}
