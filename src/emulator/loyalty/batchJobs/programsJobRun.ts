import type { Steps } from '../../platform/bulk/backgroundJobs.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { runPointsJob } from '../pointsJobs/allPointsJobs.js';
import type { PointsJobName } from '../pointsJobs/allPointsJobs.js';
import { PointsJobCount } from '../pointsJobs/pointsJob.js';
import { inOneTransaction } from '../writeContext.js';
import type { JobRecords } from './jobRecords.js';
import { beforeTransaction, rowFailureOf } from './jobSteps.js';

/** A job that works program by program. */
export interface ProgramsJob {
  readonly job: PointsJobName;
  /** Address below which it was started. */
  readonly path: string;
  /** Only this program. Default: all that are active. */
  readonly program?: string | undefined;
}

/**
 * Runs a job that ages points or assesses tiers: one part for each program. It reads first. While a program is written,
 * which injected faults can make long, its part is in progress, and then the job can no longer be canceled.
 */
export function* runProgramsJob(loyalty: LoyaltyOrg, records: JobRecords, { job, path, program }: ProgramsJob): Steps {
  yield* beforeTransaction(loyalty, { path, lines: ['read'] });
  if (!records.isOpen()) return;
  const programs = programsOf(loyalty, program);
  if (program !== undefined && programs.length === 0) {
    records.fail(`There is no active program ${program}.`);
    return;
  }
  const parts = records.begin(programs.map((row) => membersOf(loyalty, row)));
  for (const [index, part] of parts.entries()) {
    const [row] = programs.slice(index);
    if (!row || !records.isOpen()) return;
    records.beginPart(part);
    const struck = yield* beforeTransaction(loyalty, { path, lines: [`write ${String(row['Name'])}`] });
    const failure = struck?.message ?? runPart(loyalty, records, { job, part, row });
    if (failure === undefined) continue;
    records.fail(failure);
    return;
  }
  records.complete();
}

/** Returns why the part has failed: then it has written nothing. */
function runPart(
  loyalty: LoyaltyOrg,
  records: JobRecords,
  { job, part, row }: { readonly job: PointsJobName; readonly part: string; readonly row: SObjectRow },
): string | undefined {
  return rowFailureOf(() =>
    inOneTransaction(loyalty.org, records.job.userId, (writing) => {
      const count = new PointsJobCount();
      runPointsJob(loyalty, writing, { job, programId: row.Id, today: loyalty.today() }, count);
      // A calculation counts what it has written back; a batch job what it has gone through.
      const processed = records.job.type === 'Calc' ? count.toJSON().members : membersOf(loyalty, row);
      records.endPart(part, { processed, failures: [] });
    }),
  );
}

function programsOf({ org: { store } }: LoyaltyOrg, name: string | undefined): SObjectRow[] {
  const wanted = name?.toLowerCase();
  return store
    .find('LoyaltyProgram', { Status: 'Active' })
    .filter((row) => wanted === undefined || String(row['Name']).toLowerCase() === wanted);
}

function membersOf({ org: { store } }: LoyaltyOrg, { Id }: SObjectRow): number {
  return store.find('LoyaltyProgramMember', { ProgramId: Id }).length;
}
