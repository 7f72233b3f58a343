import { Messages } from '@salesforce/core';
import { readEvents, readGoals, readSegments, withBuiltIn } from '../../insight/index.js';
import type { ProgramEvent, ReportOptions, ReportPeriod } from '../../insight/index.js';
import { usageError } from '../feedFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.report.program');

interface QuestionFlags {
  readonly by?: string | undefined;
  readonly segments?: string | undefined;
  readonly goals?: string | undefined;
  readonly event?: ReportPeriod | undefined;
  readonly events?: string | undefined;
  readonly promotion?: string | undefined;
  readonly 'journal-type'?: string | undefined;
}

/**
 * Reads the files that a report is asked about, before the org is.
 * @throws {ListFileError}
 * @throws {SfError} for segments that the report does not use
 */
export async function readQuestions(
  flags: QuestionFlags,
): Promise<Required<Pick<ReportOptions, 'segments' | 'goals' | 'events'>>> {
  if (flags.segments !== undefined && flags.by !== 'segment')
    throw usageError(messages.createError('error.segmentsBy'));
  const events = flags.events === undefined ? [] : await readEvents(flags.events);
  return {
    segments: withBuiltIn(flags.segments === undefined ? [] : await readSegments(flags.segments)),
    goals: flags.goals === undefined ? [] : await readGoals(flags.goals),
    events: [...flaggedEvents(flags), ...events],
  };
}

function flaggedEvents({ event, promotion, 'journal-type': journalType }: QuestionFlags): ProgramEvent[] {
  return event ? [{ ...event, promotion, journalType }] : [];
}
