import { decimalOf } from '../../../base/decimal.js';
import type { Decimal } from '../../../base/decimal.js';
import { typedRows } from '../../../base/sqlite/sqlite.js';
import type { Lot } from '../engine/lots/lots.js';
import type { ProgramCurrency } from '../rules/reward.js';
import { expirePoints } from './expirePoints.js';
import type { PointsJobCall, PointsJobCount } from './pointsJob.js';

/**
 * "Expire Fixed Non-Qualifying Points": what is left of credits whose day has come expires, on that day. It also writes
 * what expires next into `ExpirablePoints`, which is inferred from the name of the field.
 */
export function expireFixedPoints(call: PointsJobCall, count: PointsJobCount): void {
  for (const currency of call.currencies) {
    if (currency.expiry?.model === 'Fixed') expireIn(call, currency, count);
  }
}

function expireIn(call: PointsJobCall, currency: ProgramCurrency, count: PointsJobCount): void {
  const { loyalty, writing, today } = call;
  const { rules } = loyalty.engine.points;
  const memberIds = membersWithDatedPoints(call, currency);
  const points = loyalty.engine.points.read(writing, memberIds);
  const next = new Map<string, number>();
  for (const memberId of memberIds) {
    const held = points.currencies.ofMember(memberId).find(({ currencyId }) => currencyId === currency.id);
    if (!held) continue;
    const days = [...byDay(rules.lots.read(held).lots.open)].sort(([a], [b]) => (a < b ? -1 : 1));
    const due = days.filter(([expiryDate]) => expiryDate <= today);
    const [following] = days.slice(due.length);
    next.set(held.id, following?.[1].toNumber() ?? 0);
    const expired = due.map(([expiryDate, amount]) => ({ expiryDate, points: amount }));
    expirePoints(call, points, { held, currency, points: expired }, count);
  }
  points.save();
  for (const [id, ExpirablePoints] of next) {
    writing.store.update('LoyaltyMemberCurrency', id, { ExpirablePoints }, { as: 'org', userId: writing.userId });
  }
}

function membersWithDatedPoints({ writing }: PointsJobCall, { id }: ProgramCurrency): string[] {
  const statement = writing.store.db.prepare(
    `SELECT DISTINCT "LoyaltyProgramMemberId" AS memberId FROM "LoyaltyLedger"
     WHERE "LoyaltyProgramCurrencyId" = ? AND "EventType" = 'Credit' AND "ExpiryDate" IS NOT NULL AND "IsDeleted" = 0`,
  );
  return typedRows<{ readonly memberId: string }>(statement, id).map(({ memberId }) => memberId);
}

function byDay(lots: readonly Lot[]): Map<string, Decimal> {
  const days = new Map<string, Decimal>();
  for (const { expiryDate, left } of lots) {
    if (expiryDate !== null) days.set(expiryDate, (days.get(expiryDate) ?? decimalOf(0)).plus(left));
  }
  return days;
}
