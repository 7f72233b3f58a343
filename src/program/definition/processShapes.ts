import { z } from 'zod';
import { ProcessType } from '../../contract/endpoints/processEndpoints.js';
import { LongText, RecordName } from './commonShapes.js';

/** Journal types are shared by the whole org: programs use the same record for the same name. */
export const JournalType = z.strictObject({
  name: RecordName,
  description: LongText.optional(),
  subtypes: z.array(RecordName).default([]),
});
export type JournalType = z.output<typeof JournalType>;

export const Process = z.strictObject({
  /** Last part of the path that calls the program process. */
  name: RecordName,
  type: ProcessType,
  description: LongText.optional(),
  status: z.enum(['Draft', 'Active', 'Inactive']).default('Active'),
  execution: z.enum(['RealTime', 'Batch', 'BatchAndRealTime']).default('RealTime'),
  /** Name from `journalTypes`. Required for a process of type TransactionJournal, and not allowed for any other. */
  journalType: RecordName.optional(),
  /** One of the subtypes of `journalType`. A program has one process for each type and subtype. */
  journalSubtype: RecordName.optional(),
  /** Name from `tierGroups`, for a process of type TierProcessing. Default: the only one. */
  tierGroup: RecordName.optional(),
});
export type Process = z.output<typeof Process>;
