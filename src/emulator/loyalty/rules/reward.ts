import type { Decimal } from '../../../base/decimal.js';

export interface ProgramCurrency {
  readonly id: string;
  readonly name: string;
  readonly type: 'Qualifying' | 'NonQualifying';
  readonly isPrimary: boolean;
  /** Tier group that the currency counts towards. Empty if there is none. */
  readonly tierGroupId: string;
  readonly allowsNegativeBalance: boolean;
}

/** A promotion that counts uses towards a target. */
export interface RewardingPromotion {
  readonly id: string;
  readonly needsEnrollment: boolean;
  /** `yyyy-MM-dd`, both days included. */
  readonly startDate: string;
  readonly endDate: string | null;
}

/** Credits points, or debits them if they are negative. Zero changes nothing. */
export interface PointsReward {
  readonly kind: 'points';
  readonly currency: ProgramCurrency;
  readonly points: Decimal;
  /** What the ledger row says besides. */
  readonly notes?: LedgerNotes;
}

/** Fields of LoyaltyLedger. */
export interface LedgerNotes {
  readonly AdditionalNotes?: string | undefined;
  readonly Correlation?: string | undefined;
  readonly Flow?: string | undefined;
  readonly LoyaltyPgmCrcySubtypeId?: string | undefined;
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
