import { daysOf } from '../reportPeriod.js';
import type { ReportPeriod } from '../reportPeriod.js';
import type { MeasureKey } from '../kpi/measureDefinitions.js';

/** Levels are what there is on a day. Rates do not begin with 0. All other measures begin with 0 on the first day. */
const levels: readonly MeasureKey[] = ['members', 'pointsOutstanding', 'pointsLiability'];
const rates: readonly MeasureKey[] = [
  'lapsedMembers',
  'participationRate',
  'repeatPurchaseRate',
  'purchaseFrequency',
  'averageOrderValue',
  'customerLifetimeValue',
  'redemptionRate',
  'breakageRate',
];

/** How a measure comes to the number of a goal. */
export type GoalKind = 'sum' | 'level' | 'rate';

export function goalKindOf(measure: MeasureKey): GoalKind {
  if (levels.includes(measure)) return 'level';
  return rates.includes(measure) ? 'rate' : 'sum';
}

export const goalStates = ['met', 'onTrack', 'behind', 'missed', 'notBegun', 'unknown'] as const;
export type GoalState = (typeof goalStates)[number];

/** What a goal's state depends on, besides its number. */
export interface GoalProgress {
  readonly kind: GoalKind;
  readonly number: number;
  readonly atMost: boolean;
  /** From the first day that counts to the goal's date. */
  readonly whole: ReportPeriod;
  /** The last day that is known, no later than the goal's date. */
  readonly asOf: string;
  /** Whether the goal's date has passed. On the date itself, the value can still change. */
  readonly isOver: boolean;
  readonly value: number | null;
  /** Of a level: what there was on the day before the first. */
  readonly start: number | null;
}

/** Returns what the value would be on a straight line from the start to the number; of a rate, the number. */
export function expectedValue({ kind, number, whole, asOf, start }: GoalProgress): number | null {
  if (kind === 'rate') return number;
  if (kind === 'level' && start === null) return null;
  const from = kind === 'level' ? (start ?? 0) : 0;
  const passed = asOf < whole.from ? 0 : daysOf({ from: whole.from, to: asOf });
  return from + ((number - from) * passed) / daysOf(whole);
}

/**
 * A sum or a level has met its number as soon as it reaches it. A rate, and a limit, can still change until the goal's
 * date, and is on track as long as it keeps to the number.
 */
export function goalState(progress: GoalProgress): GoalState {
  const { kind, number, atMost, whole, asOf, isOver, value } = progress;
  if (asOf < whole.from) return 'notBegun';
  const expected = expectedValue(progress);
  if (value === null || expected === null) return 'unknown';
  const keepsTo = (limit: number): boolean => (atMost ? value <= limit : value >= limit);
  if (isOver) return keepsTo(number) ? 'met' : 'missed';
  if (kind !== 'rate' && !atMost && keepsTo(number)) return 'met';
  return keepsTo(expected) ? 'onTrack' : 'behind';
}
