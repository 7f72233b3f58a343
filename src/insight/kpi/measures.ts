import { typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { periodBefore } from '../reportPeriod.js';
import type { ReportPeriod } from '../reportPeriod.js';
import { sumUpActivity } from './memberActivity.js';
import type { Span } from './memberActivity.js';
import { groupAllMembers } from './memberGroups.js';
import type { MeasureKey } from './measureDefinitions.js';

/** Null where the number has no meaning, such as a share of nothing. Points and money in units, shares from 0 to 1. */
export type Measures = Readonly<Record<MeasureKey, number | null>>;

/** The spendable currency whose points are reported. */
export interface ReportedCurrency {
  readonly id: string;
  /** Money that a point costs the program. */
  readonly costPerUnit: number | null;
}

export interface MeasureQuestion {
  readonly span: Span;
  readonly period: ReportPeriod;
  readonly currency: ReportedCurrency | undefined;
}

/** What SQL has summed up for one group or month, by the names of the columns. */
export type Sums = Readonly<Record<string, number | null>>;

/**
 * Computes the measures of a period by group of members, from `sumUpActivity` and the temporary table `memberGroup`,
 * which gives every member its group.
 */
export function measuresByGroup(db: DatabaseSync, question: MeasureQuestion): Map<string, Measures> {
  const { span, period, currency } = question;
  const id = currency?.id ?? '';
  const parts: [string, ...(string | number)[]][] = [
    [membersSql, period.from, period.to],
    [activitySql, span],
    [lapsedSql, span],
    [lifetimeSql, period.to],
    [pointsSql, span, id],
    [outstandingSql, id, period.to],
    [vouchersSql, period.from, period.to],
  ];
  const byGroup = new Map<string, Record<string, number | null>>();
  for (const [sql, ...values] of parts) {
    for (const { name, ...sums } of typedRows<{ name: string } & Record<string, number | null>>(
      db.prepare(sql),
      ...values,
    ))
      byGroup.set(name, { ...byGroup.get(name), ...(sums as Sums) });
  }
  return new Map([...byGroup].map(([name, sums]) => [name, measuresOf(sums, currency)]));
}

/** Does the same for all members, who are in one group without a name. */
export function measuresOfAll(db: DatabaseSync, question: MeasureQuestion): Measures {
  return measuresByGroup(db, question).get('') ?? measuresOf({}, question.currency);
}

/** Computes the measures of any days for all members. Replaces what `sumUpActivity` and `groupMembers` have left. */
export function measuresOfDays(db: DatabaseSync, days: ReportPeriod, currency: ReportedCurrency | undefined): Measures {
  sumUpActivity(db, { current: days, previous: periodBefore(days) });
  groupAllMembers(db);
  return measuresOfAll(db, { span: 'current', period: days, currency });
}

function measuresOf(sums: Sums, currency: ReportedCurrency | undefined): Measures {
  const count = (name: string): number => sums[name] ?? 0;
  const ofCurrency = (name: string): number | null => (currency ? count(name) / 100 : null);
  const [revenue, purchases, buyers] = [count('revenue') / 100, count('purchases'), count('buyers')];
  const outstanding = ofCurrency('outstanding');
  const cost = currency?.costPerUnit ?? null;
  return {
    members: count('members'),
    newMembers: count('newMembers'),
    activeMembers: count('activeMembers'),
    lapsedMembers: count('lapsedMembers'),
    participationRate: ratio(count('activeMembers'), count('members')),
    revenue,
    purchases,
    purchasingMembers: buyers,
    repeatPurchaseRate: ratio(count('repeatBuyers'), buyers),
    purchaseFrequency: ratio(purchases, buyers),
    averageOrderValue: ratio(revenue, purchases),
    customerLifetimeValue: ratio(count('lifetimeRevenue') / 100, count('lifetimeBuyers')),
    pointsIssued: ofCurrency('issued'),
    pointsRedeemed: ofCurrency('redeemed'),
    pointsExpired: ofCurrency('expired'),
    pointsTakenBack: ofCurrency('takenBack'),
    redemptionRate: currency ? ratio(count('redeemed'), count('issued')) : null,
    breakageRate: currency ? ratio(count('expired'), count('issued')) : null,
    pointsOutstanding: outstanding,
    pointsLiability: outstanding === null || cost === null ? null : outstanding * cost,
    vouchersIssued: count('vouchersIssued'),
    vouchersUsed: count('vouchersUsed'),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/**
 * A membership counts on a day unless it had ended or was merged. An inactive one without an end has ended at an unknown
 * time and does not count; when a membership was merged is not stored either.
 */
const membersSql = `
  SELECT name,
    sum(enrolled <= ?2 AND coalesce(status, '') <> 'Merged' AND (ended IS NULL OR ended > ?2)
        AND NOT (coalesce(status, '') = 'Inactive' AND ended IS NULL)) AS members,
    sum(enrolled BETWEEN ?1 AND ?2) AS newMembers
  FROM member JOIN memberGroup ON memberId = id GROUP BY name`;

const activitySql = `
  SELECT name, count(*) AS activeMembers, sum(revenue) AS revenue, sum(purchases) AS purchases,
    sum(purchases > 0) AS buyers, sum(purchases > 1) AS repeatBuyers
  FROM activity JOIN memberGroup USING (memberId) WHERE span = ? GROUP BY name`;

/** Only the reported period has a period before it. */
const lapsedSql = `
  SELECT name, count(*) AS lapsedMembers FROM activity AS earlier JOIN memberGroup USING (memberId)
  WHERE span = 'previous' AND ? = 'current'
    AND NOT EXISTS (SELECT 1 FROM activity AS later WHERE later.span = 'current' AND later.memberId = earlier.memberId)
  GROUP BY name`;

const lifetimeSql = `
  SELECT name, sum(amount) AS lifetimeRevenue, count(DISTINCT CASE WHEN amount > 0 THEN memberId END) AS lifetimeBuyers
  FROM journal JOIN memberGroup USING (memberId)
  WHERE type = 'Accrual' AND status = 'Processed' AND day <= ? GROUP BY name`;

const pointsSql = `
  SELECT name, sum(issued) AS issued, sum(redeemed) AS redeemed, sum(expired) AS expired, sum(takenBack) AS takenBack
  FROM pointsMoved JOIN memberGroup USING (memberId) WHERE span = ? AND currencyId = ? GROUP BY name`;

const outstandingSql = `
  SELECT name, sum(points) AS outstanding FROM (
    SELECT memberId, points FROM balance WHERE currencyId = ?1
    UNION ALL
    SELECT memberId, CASE eventType WHEN 'Credit' THEN -points WHEN 'Debit' THEN points WHEN 'Expiry' THEN points ELSE 0 END
    FROM ledger WHERE currencyId = ?1 AND day > ?2
  ) JOIN memberGroup USING (memberId) GROUP BY name`;

const vouchersSql = `
  SELECT name, sum(issued BETWEEN ?1 AND ?2) AS vouchersIssued, sum(used BETWEEN ?1 AND ?2) AS vouchersUsed
  FROM voucher JOIN memberGroup USING (memberId) GROUP BY name`;
