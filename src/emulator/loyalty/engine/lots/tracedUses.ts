import { decimalOf } from '../../../../base/decimal.js';
import type { Decimal } from '../../../../base/decimal.js';
import { isDebit } from './lots.js';
import type { LotEntry, LotUse } from './lots.js';

/** A row of LoyaltyLedgerTraceability. Its credit is null for points that no ledger row explains. */
export interface TraceRow {
  readonly debitId: string;
  readonly creditId: string | null;
  readonly points: number | null;
}

/** A ledger without what its traces say, and the uses of lots that they say. */
export interface TracedLedger {
  readonly uses: readonly LotUse[];
  /** With the points that no trace explains. */
  readonly rest: readonly LotEntry[];
  /** What is left of the points that no ledger row explains. */
  readonly unexplained: Decimal;
}

/**
 * What has been traced stays as it is: points that leave escrow after their day would otherwise seem to have paid for
 * earlier debits. A trace by hand, of more than the credit or the debit has, counts as far as both go.
 *
 * @param before points that no ledger row explains
 */
export function tracedLedger(entries: readonly LotEntry[], traces: readonly TraceRow[], before: Decimal): TracedLedger {
  const byId = new Map(entries.map((entry) => [entry.ledgerId, entry]));
  const left = new Map(entries.map(({ ledgerId, points }) => [ledgerId, points]));
  const uses: LotUse[] = [];
  let unexplained = before;
  for (const { debitId, creditId, points } of traces) {
    const debit = byId.get(debitId);
    const credit = creditId === null ? undefined : byId.get(creditId);
    if (!debit || !isDebit(debit) || (creditId !== null && (!credit || isDebit(credit)))) continue;
    const available = credit ? (left.get(credit.ledgerId) ?? zero) : unexplained;
    const used = least(decimalOf(points ?? 0), available, left.get(debitId) ?? zero);
    if (used.isZero()) continue;
    left.set(debitId, (left.get(debitId) ?? zero).minus(used));
    if (credit) left.set(credit.ledgerId, available.minus(used));
    else unexplained = available.minus(used);
    uses.push(useOf(debit, credit, used));
  }
  const rest = entries.map((entry) => ({ ...entry, points: left.get(entry.ledgerId) ?? zero }));
  return { uses, rest, unexplained };
}

const zero = decimalOf(0);

/** Never negative. */
function least(...points: readonly Decimal[]): Decimal {
  const smallest = points.reduce((a, b) => (a.lessThan(b) ? a : b));
  return smallest.isNegative() ? zero : smallest;
}

function useOf(debit: LotEntry, credit: LotEntry | undefined, points: Decimal): LotUse {
  const { expiryDate = null, journalId = null, priority = null } = credit ?? {};
  return {
    debitId: debit.ledgerId,
    debitJournalId: debit.journalId,
    lot: { ledgerId: credit?.ledgerId, expiryDate, journalId, priority, left: zero },
    points,
    isReversal: debit.relatedJournalId !== null && debit.relatedJournalId === journalId,
  };
}
