import { typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { addToDay, monthsBetween } from '../../base/dayArithmetic.js';

/** Members who enrolled in one month, and the share of them that bought in each month since. */
export interface Cohort {
  /** `yyyy-MM` */
  readonly month: string;
  readonly members: number;
  /** From 0 to 1. The first is the month of the enrollment. */
  readonly retained: readonly number[];
}

/** Returns the cohorts of the last `count` months up to a day, the oldest first. */
export function cohorts(db: DatabaseSync, lastDay: string, count = 12): Cohort[] {
  const first = addToDay(`${lastDay.slice(0, 7)}-01`, 1 - count, 'Months');
  const members = typedRows<{ month: string; members: number }>(db.prepare(sizesSql), first, lastDay);
  const bought = typedRows<{ month: string; age: number; members: number }>(db.prepare(boughtSql), first, lastDay);
  return members.map(({ month, members: size }) => {
    const ages = monthsBetween(month, lastDay) + 1;
    const byAge = new Map(bought.filter((row) => row.month === month).map(({ age, members: some }) => [age, some]));
    return { month, members: size, retained: Array.from({ length: ages }, (_, age) => (byAge.get(age) ?? 0) / size) };
  });
}

const sizesSql = `
  SELECT substr(enrolled, 1, 7) AS month, count(*) AS members FROM member
  WHERE enrolled BETWEEN ? AND ? AND coalesce(status, '') <> 'Merged' GROUP BY month ORDER BY month`;

const boughtSql = `
  SELECT substr(enrolled, 1, 7) AS month,
    (substr(day, 1, 4) - substr(enrolled, 1, 4)) * 12 + substr(day, 6, 2) - substr(enrolled, 6, 2) AS age,
    count(DISTINCT memberId) AS members
  FROM journal JOIN member ON member.id = memberId
  WHERE enrolled BETWEEN ?1 AND ?2 AND day BETWEEN enrolled AND ?2 AND coalesce(member.status, '') <> 'Merged'
    AND journal.type = 'Accrual' AND journal.status = 'Processed' AND amount > 0
  GROUP BY month, age`;
