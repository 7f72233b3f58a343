import { addToDay } from '../../base/dayArithmetic.js';
import { typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { pointsMovedColumns } from './memberActivity.js';
import type { ReportedCurrency, Sums } from './measures.js';

/** What the measures of the same names are in one month. Points are null for a program without a spendable currency. */
export interface MonthOfProgram {
  /** `yyyy-MM`. The last one may end with the last day of the report. */
  readonly month: string;
  readonly newMembers: number;
  readonly activeMembers: number;
  readonly purchases: number;
  readonly revenue: number;
  readonly pointsIssued: number | null;
  readonly pointsRedeemed: number | null;
  readonly pointsExpired: number | null;
  /** At the end of the month. */
  readonly pointsOutstanding: number | null;
}

interface MonthsQuestion {
  readonly lastDay: string;
  readonly currency: ReportedCurrency | undefined;
  /** Points outstanding on the last day. */
  readonly outstanding: number | null;
}

/** Returns the months up to a day, the oldest first. */
export function monthlyMeasures(db: DatabaseSync, question: MonthsQuestion, count = 12): MonthOfProgram[] {
  const { lastDay, currency } = question;
  const first = addToDay(`${lastDay.slice(0, 7)}-01`, 1 - count, 'Months');
  const days = [first, lastDay] as const;
  const enrolled = byMonth(typedRows<Row>(db.prepare(enrolledSql), ...days));
  const activity = byMonth(typedRows<Row>(db.prepare(activitySql), ...days));
  const points = byMonth(typedRows<Row>(db.prepare(pointsSql), ...days, currency?.id ?? ''));
  const months = Array.from({ length: count }, (_, index) => addToDay(first, index, 'Months').slice(0, 7));
  const ofPoints = (month: string, name: string): number | null =>
    currency ? (points.get(month)?.[name] ?? 0) / 100 : null;
  const ends = outstandingByMonth(months, question.outstanding, (month) => ofPoints(month, 'net') ?? 0);
  return months.map((month) => ({
    month,
    newMembers: enrolled.get(month)?.['members'] ?? 0,
    activeMembers: activity.get(month)?.['members'] ?? 0,
    purchases: activity.get(month)?.['purchases'] ?? 0,
    revenue: (activity.get(month)?.['revenue'] ?? 0) / 100,
    pointsIssued: ofPoints(month, 'issued'),
    pointsRedeemed: ofPoints(month, 'redeemed'),
    pointsExpired: ofPoints(month, 'expired'),
    pointsOutstanding: ends.get(month) ?? null,
  }));
}

type Row = { month: string } & Record<string, number | null>;

function byMonth(rows: readonly Row[]): Map<string, Sums> {
  return new Map(rows.map(({ month, ...sums }) => [month, sums as Sums]));
}

/** Goes back from the last month: what moved within a month was not there before it. */
function outstandingByMonth(
  months: readonly string[],
  last: number | null,
  movedIn: (month: string) => number,
): Map<string, number | null> {
  const ends = new Map<string, number | null>();
  let end = last;
  for (const month of months.toReversed()) {
    ends.set(month, end === null ? null : Math.round(end * 100) / 100);
    if (end !== null) end -= movedIn(month);
  }
  return ends;
}

const enrolledSql = `
  SELECT substr(enrolled, 1, 7) AS month, count(*) AS members FROM member
  WHERE enrolled BETWEEN ? AND ? GROUP BY month`;

const activitySql = `
  SELECT substr(day, 1, 7) AS month, count(DISTINCT memberId) AS members,
    total(type = 'Accrual' AND amount > 0) AS purchases, total(CASE WHEN type = 'Accrual' THEN amount END) AS revenue
  FROM journal
  WHERE day BETWEEN ? AND ? AND status = 'Processed' AND memberId IN (SELECT id FROM member) AND type IN ('Accrual', 'Redemption')
  GROUP BY month`;

const pointsSql = `
  SELECT substr(day, 1, 7) AS month, ${pointsMovedColumns},
    total(CASE eventType WHEN 'Credit' THEN points WHEN 'Debit' THEN -points WHEN 'Expiry' THEN -points END) AS net
  FROM (SELECT *, coalesce(journalType, '') AS kind FROM ledger
        WHERE day BETWEEN ? AND ? AND memberId IN (SELECT id FROM member) AND currencyId = ?)
  GROUP BY month`;
