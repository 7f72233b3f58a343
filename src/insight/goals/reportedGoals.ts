import { addToDay } from '../../base/dayArithmetic.js';
import { measureDefinition } from '../kpi/measureDefinitions.js';
import type { MeasureDefinition, MeasureKey } from '../kpi/measureDefinitions.js';
import type { Measures } from '../kpi/measures.js';
import type { ReportPeriod } from '../reportPeriod.js';
import type { Goal } from './goal.js';
import { goalKindOf, expectedValue, goalState } from './goalPace.js';
import type { GoalProgress, GoalState } from './goalPace.js';

/** How far a measure is on the way to the number that it should reach. */
export interface ReportedGoal {
  readonly title: string;
  readonly measure: MeasureKey;
  readonly unit: MeasureDefinition['unit'];
  readonly number: number;
  /** Whether the number is a limit that should not be exceeded. */
  readonly atMost: boolean;
  /** Days as `yyyy-MM-dd`. */
  readonly from: string;
  readonly date: string;
  /** The day of the value: the last one of the report, or the goal's date if that is earlier. */
  readonly asOf: string;
  /** The measure of the days from the first one to `asOf`. Null if it has none, or these days have not begun. */
  readonly value: number | null;
  /** What the value would be on a straight line to the number. Of a rate, the number. */
  readonly expected: number | null;
  readonly state: GoalState;
}

/** Computes the measures of any days. */
export type MeasureDays = (days: ReportPeriod) => Measures;

/** The last day of a report. What came later is not looked at. */
export interface LastDay {
  readonly lastDay: string;
  /** Whether it may still bring more. */
  readonly isToday: boolean;
}

export function reportedGoals(goals: readonly Goal[], last: LastDay, measure: MeasureDays): ReportedGoal[] {
  const known = new Map<string, Measures>();
  const once: MeasureDays = (days) => {
    const key = `${days.from}..${days.to}`;
    const found = known.get(key) ?? measure(days);
    known.set(key, found);
    return found;
  };
  return goals.map((goal) => reportedGoal(goal, last, once));
}

function reportedGoal(goal: Goal, { lastDay, isToday }: LastDay, measure: MeasureDays): ReportedGoal {
  const { number, date, atMost = false, from = `${date.slice(0, 4)}-01-01` } = goal;
  const { label, unit } = measureDefinition(goal.measure);
  const asOf = lastDay < date ? lastDay : date;
  const kind = goalKindOf(goal.measure);
  const isBegun = asOf >= from;
  const valueOn = (days: ReportPeriod): number | null => measure(days)[goal.measure];
  const before = addToDay(from, -1, 'Days');
  const progress: GoalProgress = {
    ...{
      kind,
      number,
      atMost,
      asOf,
      whole: { from, to: date },
      isOver: lastDay > date || (lastDay === date && !isToday),
    },
    value: isBegun ? valueOn({ from, to: asOf }) : null,
    start: isBegun && kind === 'level' ? valueOn({ from: before, to: before }) : null,
  };
  return {
    ...{ title: goal.title ?? label, measure: goal.measure, unit, number, atMost, from, date, asOf },
    value: progress.value,
    expected: isBegun ? expectedValue(progress) : null,
    state: goalState(progress),
  };
}
