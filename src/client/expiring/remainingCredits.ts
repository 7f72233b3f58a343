import { decimalOf } from '../../base/decimal.js';
import type { Decimal } from '../../base/decimal.js';
import { ledgerSum, signedPoints } from '../ledgerSum.js';
import type { LedgerMovement } from '../ledgerSum.js';

/** A row of a member's ledger in one currency. */
export interface DatedMovement extends LedgerMovement {
  /** `yyyy-MM-dd` */
  readonly ExpiryDate: string | null;
  readonly ActivityDate: string | null;
}

/** What is left of a credit. */
export interface RemainingCredit {
  /** `yyyy-MM-dd`; null for points that do not expire on a day. */
  readonly expiryDate: string | null;
  /** When they were earned; null for points of the balance that the ledger does not explain. */
  readonly activityDate: string | null;
  readonly points: number;
}

export interface RemainingCredits {
  /** Soonest first, those without a date last. Together they are the balance, unless it is negative. */
  readonly credits: readonly RemainingCredit[];
  /** Whether a debit could have used another credit than the one assumed. */
  readonly isOrderAssumed: boolean;
}

interface OpenCredit extends Omit<RemainingCredit, 'points'> {
  left: Decimal;
}

/**
 * What is left of each credit of a balance. Which credit a debit used is not in the ledger: assumed is the one that
 * expires first. Points that the ledger does not explain, such as migrated ones or those of deleted rows, count as the oldest.
 *
 * @param movements in the order of their creation
 */
export function remainingCredits(movements: readonly DatedMovement[], balance: number): RemainingCredits {
  const unexplained = decimalOf(balance).minus(ledgerSum(movements));
  const open: OpenCredit[] = [{ expiryDate: null, activityDate: null, left: unexplained }];
  let isOrderAssumed = false;
  for (const movement of movements) {
    const { ExpiryDate: expiryDate, ActivityDate: activityDate } = movement;
    const points = signedPoints(movement);
    if (points.isPositive()) open.push({ expiryDate, activityDate, left: points });
    else isOrderAssumed = spend(open, points.negated(), movement.EventType) || isOrderAssumed;
    settle(open);
  }
  settle(open);
  const credits = open
    .filter(({ left }) => left.isPositive() && !left.isZero())
    .sort(bySoonest)
    .map(({ expiryDate, activityDate, left }) => ({ expiryDate, activityDate, points: left.toNumber() }));
  return { credits, isOrderAssumed };
}

/** @returns whether another credit could have been used instead */
function spend(open: OpenCredit[], points: Decimal, eventType: string | null): boolean {
  let due = points;
  const candidates = open.filter(({ left }) => left.isPositive() && !left.isZero()).sort(bySoonest);
  for (const credit of candidates) {
    const used = credit.left.lessThan(due) ? credit.left : due;
    credit.left = credit.left.minus(used);
    due = due.minus(used);
  }
  if (!due.isZero()) open.push({ expiryDate: null, activityDate: null, left: due.negated() });
  const dates = new Set(candidates.map(({ expiryDate }) => expiryDate));
  return eventType === 'Debit' && dates.size > 1 && candidates.some(({ left }) => !left.isZero());
}

/** Credits pay what was spent before they came. */
function settle(open: OpenCredit[]): void {
  for (const debt of open.filter(({ left }) => left.isNegative())) {
    for (const credit of open) {
      if (!credit.left.isPositive() || debt.left.isZero()) continue;
      const due = debt.left.negated();
      const paid = credit.left.lessThan(due) ? credit.left : due;
      credit.left = credit.left.minus(paid);
      debt.left = debt.left.plus(paid);
    }
  }
}

function bySoonest(a: OpenCredit, b: OpenCredit): number {
  const [first, second] = [a, b].map(({ expiryDate, activityDate }) => `${expiryDate ?? '9999'} ${activityDate ?? ''}`);
  return (first ?? '') < (second ?? '') ? -1 : Number((first ?? '') > (second ?? ''));
}
