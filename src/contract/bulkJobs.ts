import { z } from 'zod';

/** Bulk API 2.0 guide, "Job states". A job ends as one of the last three, and rows that it wrote stay. */
export const ingestStates = ['Open', 'UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted'] as const;

/** What we read of an ingest job. Counters come with the status only. */
export const IngestJobInfo = z.object({
  id: z.string(),
  state: z.enum(ingestStates),
  createdDate: z.string(),
  errorMessage: z.string().nullish(),
  numberRecordsProcessed: z.number().nullish(),
  numberRecordsFailed: z.number().nullish(),
});
export type IngestJobInfo = z.infer<typeof IngestJobInfo>;

/**
 * The statuses in which a batch job has ended. Loyalty Management Developer Guide, "BatchJob".
 */
export const endedBatchJobs = ['Completed', 'CompletedWithFailures', 'Failed', 'Canceled'] as const;

/** Where the guide's two samples of a started batch job have its Id. */
const Started = z.looseObject({ batchJobId: z.string() });
export const StartedBatchJob = z.union([
  Started,
  z.tuple([Started]).transform(([started]) => started),
  z.tuple([z.looseObject({ outputValues: Started })]).transform(([{ outputValues }]) => outputValues),
]);

/** What we read of a query job. Bulk API 2.0 guide, "Get Information About a Query Job". */
export const BulkQueryInfo = z.object({
  id: z.string(),
  state: z.enum(['UploadComplete', 'InProgress', 'Aborted', 'JobComplete', 'Failed']),
  errorMessage: z.string().nullish(),
  numberRecordsProcessed: z.number().nullish(),
});
export type BulkQueryInfo = z.infer<typeof BulkQueryInfo>;

/** Addresses of at most five pages. Bulk API 2.0 guide, "Get Parallel Results for a Query Job" (v58). */
export const BulkQueryPages = z.object({
  resultPages: z.array(z.object({ resultUrl: z.string() })),
  nextRecordsUrl: z.string().optional(),
});
export type BulkQueryPages = z.infer<typeof BulkQueryPages>;
