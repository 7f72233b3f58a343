import { addToDay } from '../../base/dayArithmetic.js';
import { typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { ReportedCurrency, Sums } from '../kpi/measures.js';
import { issuedPoints } from '../kpi/memberActivity.js';
import type { ProgramFacts } from '../programFacts.js';
import { daysOf } from '../reportPeriod.js';
import type { ReportPeriod } from '../reportPeriod.js';
import { groupByEvent } from './eventMembers.js';
import { eventName } from './programEvent.js';
import type { ProgramEvent } from './programEvent.js';

/** What the members of a group did within some days. */
export interface EventSpan {
  readonly purchases: number;
  readonly revenue: number;
  /** Null for a program without a spendable currency. */
  readonly pointsIssued: number | null;
  /** The same by members of the group. Null for a group without members. */
  readonly purchasesPerMember: number | null;
  readonly revenuePerMember: number | null;
  readonly pointsPerMember: number | null;
}

export const eventSpans = ['before', 'during', 'after'] as const;
export type EventSpanName = (typeof eventSpans)[number];

/** Members who took part, or the others. A span that is not over is null. */
export interface EventGroup extends Readonly<Record<EventSpanName, EventSpan | null>> {
  readonly members: number;
}

/** An event, and as many days before and after it. */
export interface ReportedEvent {
  readonly name: string;
  /** The promotion, or the type of transaction, by which it is known who took part. */
  readonly promotion: string | null;
  readonly journalType: string | null;
  readonly before: ReportPeriod;
  readonly during: ReportPeriod;
  readonly after: ReportPeriod;
  readonly tookPart: EventGroup;
  readonly others: EventGroup;
  /** What the comparison does not say. */
  readonly caveat: string;
}

export interface EventContext {
  readonly db: DatabaseSync;
  readonly facts: ProgramFacts;
  readonly currency: ReportedCurrency | undefined;
  /** The day that it is in the org. Without it, all spans are over. */
  readonly today: string | undefined;
}

const noProof = 'This is a comparison and no proof: those who took part may have bought more anyway.';
const byPurchase = ' Who took part is known by what they did within the event, so compare before and after.';

/** @throws {UnknownEventPartError} for a promotion or a type of transaction that the program does not have */
export function reportedEvent(event: ProgramEvent, context: EventContext): ReportedEvent {
  const { from, to, promotion } = event;
  const during = { from, to };
  const days = daysOf(during);
  const before = { from: addToDay(from, -days, 'Days'), to: addToDay(from, -1, 'Days') };
  const after = { from: addToDay(to, 1, 'Days'), to: addToDay(to, days, 'Days') };
  const { db, facts, today } = context;
  groupByEvent(db, facts, event, {
    first: before.from,
    last: today !== undefined && today < after.to ? today : after.to,
  });
  const groups = eventGroups({ before, during, after }, context);
  return {
    name: eventName(event),
    promotion: promotion ?? null,
    journalType: promotion === undefined ? (event.journalType ?? 'Accrual') : null,
    ...{ before, during, after },
    tookPart: groups(1),
    others: groups(0),
    caveat: promotion === undefined ? noProof + byPurchase : noProof,
  };
}

function eventGroups(
  spans: Readonly<Record<EventSpanName, ReportPeriod>>,
  { db, currency, today }: EventContext,
): (tookPart: 0 | 1) => EventGroup {
  const sizes = byGroup(db, 'SELECT tookPart, count(*) AS members FROM eventMember GROUP BY tookPart');
  const sums = eventSpans.map((name) => {
    const { from, to } = spans[name];
    // The day that it is may still bring more.
    if (today !== undefined && to >= today) return undefined;
    return { bought: byGroup(db, boughtSql, from, to), issued: byGroup(db, issuedSql, from, to, currency?.id ?? '') };
  });
  return (tookPart) => {
    const members = sizes.get(tookPart)?.['members'] ?? 0;
    const [before = null, during = null, after = null] = sums.map((sum) =>
      sum ? spanOf({ ...sum.bought.get(tookPart), ...sum.issued.get(tookPart) }, members, currency) : null,
    );
    return { members, before, during, after };
  };
}

function spanOf(sums: Sums, members: number, currency: ReportedCurrency | undefined): EventSpan {
  const purchases = sums['purchases'] ?? 0;
  const revenue = (sums['revenue'] ?? 0) / 100;
  const pointsIssued = currency ? (sums['points'] ?? 0) / 100 : null;
  const perMember = (value: number | null): number | null => (value === null || members === 0 ? null : value / members);
  return {
    ...{ purchases, revenue, pointsIssued },
    purchasesPerMember: perMember(purchases),
    revenuePerMember: perMember(revenue),
    pointsPerMember: perMember(pointsIssued),
  };
}

function byGroup(db: DatabaseSync, sql: string, ...values: string[]): Map<number, Sums> {
  const rows = typedRows<{ tookPart: number } & Record<string, number | null>>(db.prepare(sql), ...values);
  return new Map(rows.map(({ tookPart, ...sums }) => [tookPart, sums as Sums]));
}

const boughtSql = `
  SELECT tookPart, total(amount > 0) AS purchases, total(amount) AS revenue
  FROM journal JOIN eventMember USING (memberId)
  WHERE day BETWEEN ? AND ? AND status = 'Processed' AND type = 'Accrual' GROUP BY tookPart`;

const issuedSql = `
  SELECT tookPart, total(${issuedPoints}) AS points
  FROM (SELECT *, coalesce(journalType, '') AS kind FROM ledger WHERE day BETWEEN ? AND ? AND currencyId = ?)
  JOIN eventMember USING (memberId) GROUP BY tookPart`;
