import type { InsightCache } from './cache/insightCache.js';
import type { Goal } from './goals/goal.js';
import { reportedGoals } from './goals/reportedGoals.js';
import type { ReportedGoal } from './goals/reportedGoals.js';
import { cohorts } from './kpi/cohorts.js';
import type { Cohort } from './kpi/cohorts.js';
import { sumUpActivity } from './kpi/memberActivity.js';
import { groupMembers } from './kpi/memberGroups.js';
import type { MemberGrouping } from './kpi/memberGroups.js';
import { measureDefinitions } from './kpi/measureDefinitions.js';
import type { MeasureDefinition } from './kpi/measureDefinitions.js';
import { measuresByGroup, measuresOfDays } from './kpi/measures.js';
import type { Measures, ReportedCurrency } from './kpi/measures.js';
import { monthlyCourse } from './kpi/monthlyCourse.js';
import type { MonthOfProgram } from './kpi/monthlyCourse.js';
import { promotionUptake } from './kpi/promotionUptake.js';
import type { PromotionUptake } from './kpi/promotionUptake.js';
import { tierCounts } from './kpi/tierMovement.js';
import type { TierCount } from './kpi/tierMovement.js';
import { voucherUse } from './kpi/voucherUse.js';
import type { VoucherUse } from './kpi/voucherUse.js';
import { spendableCurrency } from './programFacts.js';
import type { ProgramFacts } from './programFacts.js';
import { periodBefore } from './reportPeriod.js';
import type { ReportPeriod } from './reportPeriod.js';

/** A measure of a period with that of the period before. */
export interface ReportedMeasure extends MeasureDefinition {
  readonly value: number | null;
  readonly previous: number | null;
}

export interface ReportedGroup {
  /** Name of the tier, channel or type. Empty for members without one. */
  readonly group: string;
  readonly measures: readonly ReportedMeasure[];
}

export interface ProgramReport {
  readonly period: ReportPeriod;
  readonly previous: ReportPeriod;
  /** Name of the spendable currency that points are counted in. Null for a program without one. */
  readonly currency: string | null;
  readonly measures: readonly ReportedMeasure[];
  readonly groups: readonly ReportedGroup[];
  /** The twelve months up to the last day. */
  readonly months: readonly MonthOfProgram[];
  readonly tiers: readonly TierCount[];
  readonly cohorts: readonly Cohort[];
  readonly promotions: readonly PromotionUptake[];
  readonly vouchers: readonly VoucherUse[];
  readonly goals: readonly ReportedGoal[];
}

export interface ReportOptions {
  readonly period: ReportPeriod;
  /** Groups of members to compute the measures for as well. Tiers are those on the last day. */
  readonly by?: MemberGrouping | undefined;
  readonly goals?: readonly Goal[] | undefined;
  /** The day that it is in the org, `yyyy-MM-dd`, if the period may not be over yet. */
  readonly today?: string | undefined;
}

/** Computes the report of a period from the cache. Does not call the org. */
export function programReport(cache: InsightCache, facts: ProgramFacts, options: ReportOptions): ProgramReport {
  const { db } = cache;
  const { period, by, goals = [], today } = options;
  const lastDay = today !== undefined && today < period.to ? today : period.to;
  const previous = periodBefore(period);
  const currency = spendableCurrency(facts);
  const reported = currency && { id: currency.Id, costPerUnit: currency.CostperUnit };
  sumUpActivity(db, { current: period, previous });
  const question: SpanQuestion = { cache, period, previous, currency: reported };
  const whole = measuredGroups(question, undefined).get('') ?? [];
  const outstanding = whole.find(({ key }) => key === 'pointsOutstanding')?.value ?? null;
  return {
    period,
    previous,
    currency: currency?.Name ?? null,
    measures: whole,
    groups: by === undefined ? [] : namedGroups(measuredGroups(question, by), facts),
    months: monthlyCourse(db, { lastDay: period.to, currency: reported, outstanding }),
    tiers: tierCounts(db, facts, period),
    cohorts: cohorts(db, period.to),
    promotions: promotionUptake(db, facts, period),
    vouchers: voucherUse(db, facts, period),
    // The last ones, because they sum up other days.
    goals: reportedGoals(goals, lastDay, (days) => measuresOfDays(db, days, reported)),
  };
}

interface SpanQuestion {
  readonly cache: InsightCache;
  readonly period: ReportPeriod;
  readonly previous: ReportPeriod;
  readonly currency: ReportedCurrency | undefined;
}

function measuredGroups(question: SpanQuestion, by: MemberGrouping | undefined): Map<string, ReportedMeasure[]> {
  const { cache, period, previous, currency } = question;
  groupMembers(cache.db, by, period.to);
  const now = measuresByGroup(cache.db, { span: 'current', period, currency });
  const before = measuresByGroup(cache.db, { span: 'previous', period: previous, currency });
  return new Map([...now].map(([group, measures]) => [group, compared(measures, before.get(group))]));
}

function compared(measures: Measures, before: Measures | undefined): ReportedMeasure[] {
  return measureDefinitions.map((definition) => ({
    ...definition,
    value: measures[definition.key],
    // Who had lapsed before the period before is not computed.
    previous: definition.key === 'lapsedMembers' ? null : (before?.[definition.key] ?? null),
  }));
}

function namedGroups(groups: Map<string, ReportedMeasure[]>, { tiers }: ProgramFacts): ReportedGroup[] {
  const names = new Map(tiers.map(({ Id, Name }) => [Id, Name]));
  const ranks = new Map(tiers.map(({ Id }, index) => [Id, index]));
  return [...groups]
    .sort(([a], [b]) => (ranks.get(a) ?? -1) - (ranks.get(b) ?? -1) || (a < b ? -1 : 1))
    .map(([group, measures]) => ({ group: names.get(group) ?? group, measures }));
}
