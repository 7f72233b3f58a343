import { programCurrencies } from '../engine/programSetup.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { WriteContext } from '../writeContext.js';
import { updateActivityDates } from './activityDates.js';
import { assessTiers } from './assessTiers.js';
import { expireFixedPoints } from './expireFixedPoints.js';
import { expireInactivePoints } from './expireInactivePoints.js';
import { PointsJobCount } from './pointsJob.js';
import type { PointsJob } from './pointsJob.js';
import { resetQualifyingPoints } from './resetQualifyingPoints.js';
import { rollOverEscrow } from './rollOverEscrow.js';

/**
 * In the order in which they run: what is no longer in escrow can expire, and so can what nobody was active for; tiers
 * are assessed by the points of the time that a reset ends.
 */
export const pointsJobNames = [
  'rollOverEscrow',
  'updateActivityDates',
  'expireFixedPoints',
  'expireInactivePoints',
  'assessTiers',
  'resetQualifyingPoints',
] as const;
export type PointsJobName = (typeof pointsJobNames)[number];

const jobs: Readonly<Record<PointsJobName, PointsJob>> = {
  rollOverEscrow,
  updateActivityDates,
  expireFixedPoints,
  expireInactivePoints,
  assessTiers,
  resetQualifyingPoints,
};

/**
 * Does for all active programs what an org does with jobs of the Data Processing Engine, usually at night. What had
 * already been done is not done again.
 */
export function runAllPointsJobs(loyalty: LoyaltyOrg, writing: WriteContext, wanted: readonly PointsJobName[]) {
  const { store } = writing;
  const today = loyalty.today();
  const programs = store.find('LoyaltyProgram', { Status: 'Active' });
  return pointsJobNames
    .filter((job) => wanted.includes(job))
    .map((job) => {
      const count = new PointsJobCount();
      for (const { Id } of programs) runPointsJob(loyalty, writing, { job, programId: Id, today }, count);
      return { job, ...count.toJSON() };
    });
}

interface PointsJobOf {
  readonly job: PointsJobName;
  readonly programId: string;
  /** `yyyy-MM-dd`, in the time zone of the org */
  readonly today: string;
}

/** Runs one job for one program. */
export function runPointsJob(
  loyalty: LoyaltyOrg,
  writing: WriteContext,
  { job, programId, today }: PointsJobOf,
  count: PointsJobCount,
): void {
  const currencies = programCurrencies(writing.store, programId);
  jobs[job]({ loyalty, writing, programId, currencies, today }, count);
}
