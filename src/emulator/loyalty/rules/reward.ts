import { addToDay, endOfMonth } from '../../../base/dayArithmetic.js';
import type { DayUnit } from '../../../base/dayArithmetic.js';
import type { Decimal } from '../../../base/decimal.js';

export interface ProgramCurrency {
  readonly id: string;
  readonly name: string;
  readonly type: 'Qualifying' | 'NonQualifying';
  readonly isPrimary: boolean;
  /** Tier group that the currency counts towards. Empty if there is none. */
  readonly tierGroupId: string;
  readonly allowsNegativeBalance: boolean;
  /** Undefined for points that do not expire, as qualifying ones. */
  readonly expiry: PointsExpiry | undefined;
  /** Whether credited points first go into escrow. */
  readonly hasEscrow: boolean;
  /** Days of escrow in the program, after the activity; null if it has no period. */
  readonly escrowDays: number | null;
  /** Whether the org keeps which credit paid for which debit. */
  readonly isTraced: boolean;
}

/** `Fixed`: a period after the activity that earned them. `Activity`: a period after the member's last activity. */
export interface PointsExpiry {
  readonly model: 'Fixed' | 'Activity';
  readonly count: number;
  readonly unit: DayUnit;
  readonly tillEndOfMonth: boolean;
}

/** The day on which points expire whose period begins on a day. Both are `yyyy-MM-dd`. */
export function expiryDay(from: string, { count, unit, tillEndOfMonth }: PointsExpiry): string {
  const day = addToDay(from, count, unit);
  return tillEndOfMonth ? endOfMonth(day) : day;
}

/** A promotion that counts uses towards a target. */
export interface RewardingPromotion {
  readonly id: string;
  readonly name: string;
  readonly needsEnrollment: boolean;
  readonly target: number;
  /** How often a member's uses start again at the target. 0: they go on past it. */
  readonly mostRounds: number;
  /** `yyyy-MM-dd`, both days included. */
  readonly startDate: string;
  readonly endDate: string | null;
}

/** Credits points, or debits them if they are negative. Zero changes nothing. */
export interface PointsReward {
  readonly kind: 'points';
  readonly currency: ProgramCurrency;
  readonly points: Decimal;
  /** `yyyy-MM-dd` on which credited points expire; null: never. Without it, the currency decides. */
  readonly expiryDate?: string | null;
  /**
   * `yyyy-MM-dd` on which credited points leave escrow, or the day for which a debit takes points out of escrow; null:
   * no escrow. Without it, journal and program decide about a credit, and a debit takes points of the balance.
   */
  readonly escrowDate?: string | null;
  /** Debited points have expired. */
  readonly isExpiry?: boolean;
  /** What the ledger row says besides. */
  readonly notes?: LedgerNotes;
}

/** Fields of LoyaltyLedger. */
export interface LedgerNotes {
  readonly AdditionalNotes?: string | undefined;
  readonly Correlation?: string | undefined;
  readonly Flow?: string | undefined;
  readonly LoyaltyPgmCrcySubtypeId?: string | undefined;
  readonly PromotionId?: string | undefined;
}

/**
 * Adds uses, or takes them back if `uses` is negative, but not below zero. Applies only if the member takes part in the
 * promotion.
 */
export interface UsageReward {
  readonly kind: 'usage';
  readonly promotion: RewardingPromotion;
  readonly uses: number;
}

/** What a rule gives for a journal. The rule only says what; the org does the bookkeeping. */
export type Reward = PointsReward | UsageReward;
