import type { Decimal } from '../../../base/decimal.js';
import type { Reward } from './reward.js';

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

/** One action of a rule: what it gives for a journal, or nothing. */
export type RuleAction = (journal: RunningJournal) => Reward | undefined;

/**
 * Runs the actions over the journals of one request **action by action**: the first for all journals, then the second
 * for all. So two journals of one member in one request are not the same as two requests in order (Help article
 * 005321493).
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
