import type { Decimal } from '../../base/decimal.js';

/** A journal that rules are applied to. */
export interface RunningJournal {
  readonly id: string;
  readonly memberId: string;
  readonly membershipNumber: string;
  /** Name of the journal type. */
  readonly journalType: string;
  /** Transaction amount. Zero if the journal has none. */
  readonly amount: Decimal;
  /** `yyyy-MM-ddTHH:mm:ss.SSSZ` */
  readonly activityDate: string;
}

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
export interface CumulativePromotion {
  readonly id: string;
  readonly needsEnrollment: boolean;
  /** `yyyy-MM-dd`, both days included. */
  readonly startDate: string;
  readonly endDate: string | null;
}

/** The rewards that an action of a rule can give. The org does the bookkeeping. */
export interface Effects {
  /**
   * Credits points, or debits them if they are negative. Zero changes nothing.
   *
   * @throws {ProcessFailure} when the balance would go below zero and that is not allowed
   */
  movePoints(journal: RunningJournal, currency: ProgramCurrency, points: Decimal): void;
  /** Adds uses, or takes them back if `uses` is negative, but not below zero. Applies only if the member takes part. */
  changeUsage(journal: RunningJournal, promotion: CumulativePromotion, uses: number): void;
}

export type RuleAction = (journal: RunningJournal, effects: Effects) => void;

/**
 * Applies the actions to the journals of one request **action by action**: the first action to all journals, then the
 * second, and so on. So two journals of a member in one request can have another result than in two requests (Help
 * article 005321493).
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
