import { counted } from '../base/text/counted.js';
import { seedRejects } from './seedReport.js';
import type { SeedReport, SeedStage } from './seedReport.js';

const stageNames: Readonly<Record<SeedStage, string>> = {
  program: 'the program',
  members: 'the members',
  history: 'the history',
};

/**
 * A stage of a seed ended with an error, which is the `cause`. What the stages before it did stays in the org, and the
 * next call goes on where this one ended.
 */
export class SeedError extends Error {
  override readonly name = 'SeedError';

  constructor(
    readonly stage: SeedStage,
    readonly report: SeedReport,
    override readonly cause: unknown,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${report.folder}: ${stageNames[stage]} could not be seeded: ${reason}`, { cause });
  }
}

/** A seed ended without an error, but not everything of the folder is in the org. */
export class IncompleteSeedError extends Error {
  override readonly name = 'IncompleteSeedError';

  constructor(readonly report: SeedReport) {
    const rejects = seedRejects(report);
    const reason = firstReason(report);
    const what = rejects > 0 ? counted(rejects, 'row needs', 'rows need') + ' a person' : 'the seed is unfinished';
    super(`${report.folder}: ${what}${reason === undefined ? '' : `, such as: ${reason}`}`);
  }
}

function firstReason({ stages: { members, history } }: SeedReport): string | undefined {
  return members.problems[0]?.error.message ?? history.error?.message ?? history.report?.reasons[0]?.example;
}
