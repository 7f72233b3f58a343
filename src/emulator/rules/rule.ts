import type { Decimal } from '../../base/decimal.js';

/** A journal while rules run over it. */
export interface RunningJournal {
  readonly id: string;
  readonly memberId: string;
  readonly membershipNumber: string;
  /** Name of the journal type. */
  readonly journalType: string;
  /** Zero where the journal has none. */
  readonly amount: Decimal;
  /** `yyyy-MM-ddTHH:mm:ss.SSSZ` */
  readonly activityDate: string;
}

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

/** What an action of a rule may do. The org keeps the books; a rule only says what to enter. */
export interface Effects {
  /**
   * Credits points, or debits them where they are negative. Zero moves nothing.
   * @throws ProcessFailure when the balance may not go below zero
   */
  movePoints(journal: RunningJournal, currency: ProgramCurrency, points: Decimal): void;
  /** Adds uses, or takes them back where `uses` is negative, but never below zero. Only where the member takes part. */
  changeUsage(journal: RunningJournal, promotion: CumulativePromotion, uses: number): void;
}

export type RuleAction = (journal: RunningJournal, effects: Effects) => void;

/**
 * Runs the actions over the journals of one request **action by action**: the first for all journals, then the second
 * for all. So two journals of one member in one request are not the same as two requests in order (Help article
 * 005321493).
 */
export function runActions(
  actions: readonly RuleAction[],
  journals: readonly RunningJournal[],
  effects: Effects,
): void {
  for (const action of actions) {
    for (const journal of journals) action(journal, effects);
  }
}
