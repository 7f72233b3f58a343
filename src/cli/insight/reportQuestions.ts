import { readEvents, readGoals, readSegments, withBuiltIn } from '../../insight/index.js';
import type { ProgramEvent, ReportOptions, ReportPeriod } from '../../insight/index.js';

interface QuestionFlags {
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
 */
export async function readQuestions(
  flags: QuestionFlags,
): Promise<Required<Pick<ReportOptions, 'segments' | 'goals' | 'events'>>> {
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
