import type { Reward } from '../../rules/reward.js';
import type { RunningJournal } from '../../rules/rule.js';
import type { WriteContext } from '../../writeContext.js';

/**
 * Keeps one kind of reward, made once for an org. What the members of a request have is read once, changed in memory by
 * each entry, and written once by `save`.
 */
export interface Book<R extends Reward> {
  read(writing: WriteContext, memberIds: Iterable<string>): OpenBook<R>;
}

export interface OpenBook<R extends Reward, C = unknown> {
  /**
   * Returns what changed. Undefined if nothing did.
   * @throws {ProcessFailure} when it cannot be given
   */
  enter(journal: RunningJournal, reward: R): C | undefined;
  /** Reads what a further member has, whom a rule makes a journal for. */
  admit(memberId: string): void;
  save(): void;
}
