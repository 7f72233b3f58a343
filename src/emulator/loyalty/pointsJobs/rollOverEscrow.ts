import { decimalOf } from '../../../base/decimal.js';
import { typedRows } from '../../../base/sqlite/sqlite.js';
import { isDebit } from '../engine/lots/lots.js';
import type { PointsJobCall, PointsJobCount } from './pointsJob.js';

/**
 * "Roll Over Escrow Points to Members": points whose day has come become part of the balance. The day of the run is kept
 * without a time, because the day decides what is still in escrow.
 */
export function rollOverEscrow(call: PointsJobCall, count: PointsJobCount): void {
  const { loyalty, writing, today } = call;
  const { store, userId } = writing;
  const due = dueRows(call);
  const points = loyalty.engine.points.read(writing, new Set(due.map(({ memberId }) => memberId)));
  for (const row of due) {
    const held = points.currencies.ofMember(row.memberId).find(({ currencyId }) => currencyId === row.currencyId);
    if (!held) continue;
    const moved = isDebit(row) ? decimalOf(row.points).negated() : decimalOf(row.points);
    held.rolledOver = held.rolledOver.plus(moved);
    held.accrued = held.accrued.plus(moved);
    held.isChanged = true;
    count.add(row.memberId, moved);
  }
  points.save();
  for (const { id } of points.currencies.changed()) {
    const run = { LastEscrowProcessedDate: `${today}T00:00:00.000Z` };
    store.update('LoyaltyMemberCurrency', id, run, { as: 'org', userId });
  }
}

interface EscrowRow {
  readonly memberId: string;
  readonly currencyId: string;
  readonly eventType: string | null;
  readonly points: number;
}

/** Rows of the ledger that are in escrow, and no longer have to be. */
function dueRows({ writing, currencies, today }: PointsJobCall): EscrowRow[] {
  const statement = writing.store.db.prepare(
    `SELECT l."LoyaltyProgramMemberId" AS memberId, l."LoyaltyProgramCurrencyId" AS currencyId,
       l."EventType" AS eventType, coalesce(l."Points", 0) AS points
     FROM "LoyaltyLedger" AS l JOIN "LoyaltyMemberCurrency" AS c
       ON c."LoyaltyMemberId" = l."LoyaltyProgramMemberId" AND c."IsDeleted" = 0
       AND c."LoyaltyProgramCurrencyId" = l."LoyaltyProgramCurrencyId"
     WHERE l."LoyaltyProgramCurrencyId" IN (SELECT value FROM json_each(?)) AND l."IsDeleted" = 0
       AND l."EscrowPointsCreditDate" <= ?
       AND l."EscrowPointsCreditDate" > substr(coalesce(c."LastEscrowProcessedDate", ''), 1, 10)`,
  );
  return typedRows<EscrowRow>(statement, JSON.stringify(currencies.map(({ id }) => id)), today);
}
