import type { InsightCache } from './cache/insightCache.js';
import type { ProgramEvent } from './events/programEvent.js';
import { reportedEvent } from './events/reportedEvents.js';
import type { ReportedEvent } from './events/reportedEvents.js';
import type { Goal } from './goals/goal.js';
import { reportedGoals } from './goals/reportedGoals.js';
import type { ReportedGoal } from './goals/reportedGoals.js';
import { cohorts } from './kpi/cohorts.js';
import type { Cohort } from './kpi/cohorts.js';
import { sumUpActivity } from './kpi/memberActivity.js';
import { groupAllMembers, groupMembers } from './kpi/memberGroups.js';
import type { MemberGrouping } from './kpi/memberGroups.js';
import { measureDefinitions } from './kpi/measureDefinitions.js';
import type { MeasureDefinition } from './kpi/measureDefinitions.js';
import { measuresByGroup, measuresOfAll, measuresOfDays } from './kpi/measures.js';
import type { Measures, ReportedCurrency } from './kpi/measures.js';
import { monthlyMeasures } from './kpi/monthlyMeasures.js';
import type { MonthOfProgram } from './kpi/monthlyMeasures.js';
import { promotionUptake } from './kpi/promotionUptake.js';
import type { PromotionUptake } from './kpi/promotionUptake.js';
import { tierCounts } from './kpi/tierMovement.js';
import type { TierCount } from './kpi/tierMovement.js';
import { voucherUse } from './kpi/voucherUse.js';
import type { VoucherUse } from './kpi/voucherUse.js';
import { spendableCurrency } from './programFacts.js';
import type { ProgramFacts } from './programFacts.js';
import { periodBefore } from './reportPeriod.js';
import { builtInSegments } from './segments/builtInSegments.js';
import { groupBySegment } from './segments/groupBySegment.js';
import type { SegmentDefinition } from './segments/segmentShape.js';
import type { ReportPeriod } from './reportPeriod.js';

/** A measure of a period with that of the period before. */
export interface ReportedMeasure extends MeasureDefinition {
  readonly value: number | null;
  readonly previous: number | null;
}

export interface ReportedGroup {
  /** Name of the tier, channel, type or segment. Empty for members without one. */
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
  /** The twelve months up to the last day, or to today if that is earlier. */
  readonly months: readonly MonthOfProgram[];
  readonly tiers: readonly TierCount[];
  readonly cohorts: readonly Cohort[];
  readonly promotions: readonly PromotionUptake[];
  readonly vouchers: readonly VoucherUse[];
  readonly goals: readonly ReportedGoal[];
  readonly events: readonly ReportedEvent[];
}

export interface ReportOptions {
  readonly period: ReportPeriod;
  /** Groups of members to compute the measures for as well. Tiers and segments are those on the last day. */
  readonly by?: MemberGrouping | undefined;
  /** With `by: 'segment'`. Default: the built-in ones. */
  readonly segments?: readonly SegmentDefinition[] | undefined;
  readonly goals?: readonly Goal[] | undefined;
  readonly events?: readonly ProgramEvent[] | undefined;
  /** The day that it is in the org, `yyyy-MM-dd`, if the period or an event may not be over yet. */
  readonly today?: string | undefined;
}

/**
 * Computes the report of a period from the cache. Does not call the org.
 * @throws {UnknownEventPartError} for a promotion or a type of transaction that the program does not have
 * @throws {InsightCacheError} if the file cannot be used, or another process reads another program into it
 */
export function programReport(cache: InsightCache, facts: ProgramFacts, options: ReportOptions): ProgramReport {
  return cache.atOneMoment(() => reportOf(cache, facts, options));
}

function reportOf(cache: InsightCache, facts: ProgramFacts, options: ReportOptions): ProgramReport {
  const { db } = cache;
  const { period, by, segments = builtInSegments, goals = [], events = [], today } = options;
  const lastDay = today !== undefined && today < period.to ? today : period.to;
  const previous = periodBefore(period);
  const currency = spendableCurrency(facts);
  const reported = currency && { id: currency.Id, costPerUnit: currency.CostperUnit };
  sumUpActivity(db, { current: period, previous });
  const question: SpanQuestion = { cache, period, previous, currency: reported };
  groupAllMembers(db);
  const whole = measuredWhole(question);
  const outstanding = whole.find(({ key }) => key === 'pointsOutstanding')?.value ?? null;
  if (by === 'segment') groupBySegment(cache, facts, { segments, today: lastDay });
  else if (by !== undefined) groupMembers(db, by, { day: period.to, facts });
  return {
    period,
    previous,
    currency: currency?.Name ?? null,
    measures: whole,
    groups: by === undefined ? [] : namedGroups(measuredGroups(question), namesOf(by, facts, segments)),
    months: monthlyMeasures(db, { lastDay, currency: reported, outstanding }),
    tiers: tierCounts(db, facts, period),
    cohorts: cohorts(db, lastDay),
    promotions: promotionUptake(db, facts, period),
    vouchers: voucherUse(db, facts, period),
    // The last ones, because they sum up other days.
    goals: reportedGoals(goals, { lastDay, isToday: lastDay === today }, (days) => measuresOfDays(db, days, reported)),
    events: events.map((event) => reportedEvent(event, { db, facts, currency: reported, today })),
  };
}

interface SpanQuestion {
  readonly cache: InsightCache;
  readonly period: ReportPeriod;
  readonly previous: ReportPeriod;
  readonly currency: ReportedCurrency | undefined;
}

function measuredWhole({ cache, period, previous, currency }: SpanQuestion): ReportedMeasure[] {
  return compared(
    measuresOfAll(cache.db, { span: 'current', period, currency }),
    measuresOfAll(cache.db, { span: 'previous', period: previous, currency }),
  );
}

function measuredGroups({ cache, period, previous, currency }: SpanQuestion): Map<string, ReportedMeasure[]> {
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

/** The names of groups by what the cache calls them, in their order. */
function namesOf(
  by: MemberGrouping,
  { tiers }: ProgramFacts,
  segments: readonly SegmentDefinition[],
): ReadonlyMap<string, string> {
  if (by === 'segment') return new Map(segments.map(({ name }) => [name, name]));
  return new Map(by === 'tier' ? tiers.map(({ Id, Name }) => [Id, Name]) : []);
}

function namedGroups(groups: Map<string, ReportedMeasure[]>, names: ReadonlyMap<string, string>): ReportedGroup[] {
  const ranks = new Map([...names.keys()].map((key, index) => [key, index]));
  return [...groups]
    .sort(([a], [b]) => (ranks.get(a) ?? -1) - (ranks.get(b) ?? -1) || (a < b ? -1 : 1))
    .map(([group, measures]) => ({ group: names.get(group) ?? group, measures }));
}
