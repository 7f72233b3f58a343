import { z } from 'zod';
import { ProcessType } from '../../contract/endpoints/processEndpoints.js';
import { LongText, RecordName } from './commonShapes.js';

export const JournalType = z
  .strictObject({
    name: RecordName.describe('Name of the journal type, such as Accrual or Redemption.'),
    description: LongText.optional().describe('For people.'),
    subtypes: z.array(RecordName).default([]).describe('Names of its subtypes.'),
  })
  .describe('A kind of journals. The whole org shares them: programs use the same record for the same name.');
export type JournalType = z.output<typeof JournalType>;

export const Process = z
  .strictObject({
    name: RecordName.describe('Last part of the path that calls the program process.'),
    type: ProcessType.describe('What the process does.'),
    description: LongText.optional().describe('For people.'),
    status: z.enum(['Draft', 'Active', 'Inactive']).default('Active').describe('Default: Active.'),
    execution: z
      .enum(['RealTime', 'Batch', 'BatchAndRealTime'])
      .default('RealTime')
      .describe('When the process can run. Default: RealTime.'),
    journalType: RecordName.optional().describe(
      'Name from journalTypes. Required for a process of type TransactionJournal, and not allowed for any other.',
    ),
    journalSubtype: RecordName.optional().describe(
      'One of the subtypes of journalType. A program has one process for each type and subtype.',
    ),
    tierGroup: RecordName.optional().describe(
      'Name from tierGroups, for a process of type TierProcessing. Default: the only one.',
    ),
  })
  .describe('A program process. Its rules are in Setup, or in the file that `rules` names.');
export type Process = z.output<typeof Process>;
