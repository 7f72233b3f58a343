import type { Decimal } from '../../../base/decimal.js';
import type { Reward } from './reward.js';

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
  /** `yyyy-MM-dd` on which its points leave escrow, where the journal says so. */
  readonly escrowDate?: string | null;
  /** Journal that it reverses. */
  readonly relatedJournalId?: string | null;
}

/** One action of a rule: what it gives for a journal, or nothing. */
export type RuleAction = (journal: RunningJournal) => Reward | undefined;

/**
 * Applies the actions to the journals of one request **action by action**: the first action to all journals, then the
 * second, and so on. So two journals of a member in one request can have another result than in two requests (Help
 * article 005321493).
 */
export function runActions(
  actions: readonly RuleAction[],
  journals: readonly RunningJournal[],
  enter: (journal: RunningJournal, reward: Reward) => void,
): void {
  for (const action of actions) {
    for (const journal of journals) {
      const reward = action(journal);
      if (reward) enter(journal, reward);
    }
  }
}
