import type { Decimal } from '../../../base/decimal.js';

export interface ProgramCurrency {
  readonly id: string;
  readonly name: string;
  readonly type: 'Qualifying' | 'NonQualifying';
  readonly isPrimary: boolean;
  /** Tier group that the currency counts towards; empty for none. */
  readonly tierGroupId: string;
  readonly allowsNegativeBalance: boolean;
}

/** A promotion that counts uses towards a target. */
export interface CumulativePromotion {
  readonly id: string;
  readonly needsEnrollment: boolean;
  /** `yyyy-MM-dd`, both days included. */
  readonly startDate: string;
  readonly endDate: string | null;
}

/** Credits points, or debits them where they are negative. Zero moves nothing. */
export interface PointsReward {
  readonly kind: 'points';
  readonly currency: ProgramCurrency;
  readonly points: Decimal;
}

/**
 * Adds uses, or takes them back where `uses` is negative, but never below zero. Nothing for a member who does not take
 * part in the promotion.
 */
export interface UsageReward {
  readonly kind: 'usage';
  readonly promotion: CumulativePromotion;
  readonly uses: number;
}

/** What a rule gives for a journal. A rule only says what; the book of its kind enters it. */
export type Reward = PointsReward | UsageReward;
