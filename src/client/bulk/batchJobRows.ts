import { z } from 'zod';

const text = z.string().nullish().default(null);
const count = z
  .union([z.number(), z.string()])
  .nullish()
  .transform((value) => Number(value ?? 0));

/** What a job that has been started is asked for. */
export const BatchJobRow = z.object({
  Id: z.string(),
  Status: z.string().nullable(),
  ErrorDescription: z.string().nullish(),
});
export type BatchJobRow = z.infer<typeof BatchJobRow>;

/** One run of a batch job, a calculation or a refresh. */
export const BatchJobRun = z.object({
  Id: z.string(),
  BatchJobDefinitionName: text,
  Type: text,
  Status: text,
  StartTime: text,
  EndTime: text,
  ErrorDescription: text,
});
export type BatchJobRun = z.infer<typeof BatchJobRun>;

/** The parts of a run that have the same status. */
export const PartsOfStatus = z.object({
  Status: text,
  parts: count,
  input: count,
  output: count,
  failed: count,
});

export const FailedRecordRow = z.object({ Id: z.string(), Record: text, ErrorDescription: text, Status: text });
export type FailedRecordRow = z.infer<typeof FailedRecordRow>;

export const BatchDefinitionRow = z.object({ Name: z.string(), Label: text, Type: text, SourceObjectName: text });
export const CalculationRow = z.object({ Name: z.string(), MasterLabel: text });

/** A definition that can be started. */
export interface JobDefinitionRow {
  /** `batch`: of Batch Management; `calculation`: of the Data Processing Engine. */
  readonly kind: 'batch' | 'calculation';
  readonly name: string;
  readonly label: string | null;
}
