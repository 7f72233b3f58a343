import type { UsagePosition } from '../../client/index.js';
import type { Outcome, OutboxItem, ProgressBefore } from '../../outbox/index.js';

export interface ChangedProgress {
  readonly before: ProgressBefore['before'];
  readonly by: number;
  /** Undefined if the member or the promotion is gone. */
  readonly now: UsagePosition | undefined;
}

/** Leaves to a person whether an increment counted, and says what is known. */
export function changedProgress(item: OutboxItem, changed: ChangedProgress): Outcome {
  const message = `Nobody can tell whether the increment of ${item.key} by ${changed.by} counted: ${reason(item, changed)}`;
  return { item, to: 'parked', code: 'PROGRESS_CHANGED', message };
}

const retried = 'then run "sync retry" with --key and this key.';

function reason({ member }: OutboxItem, { before, by, now }: ChangedProgress): string {
  const { completed, rounds } = before;
  if (now && now.completed === completed && now.rounds === rounds) {
    return (
      `the progress of ${member} is ${completed} as before it, but the promotion may have started again at its target of ` +
      `${now.target}, and this user cannot see how often (PromotionPartyUsage). Find out by the member's rewards. If it ` +
      `counted, set the progress to ${completed + by}, ${retried} Then set it to ${completed} again.`
    );
  }
  if (!rounds && !now?.rounds) {
    return (
      `the progress of ${member} was ${completed} before it, and is ${now?.completed ?? 'not there'} now, so somebody ` +
      `else has changed it. Set it to ${completed} or to ${completed + by}, whichever is right, ${retried}`
    );
  }
  const target = now?.target ?? 'the target';
  return (
    `the progress of ${member} was ${completed} before it, with the target reached ${times(rounds)}, and is ` +
    `${now ? `${now.completed}, with the target reached ${times(now.rounds)}` : 'not there'} now, so somebody else has ` +
    `changed it. Counted together (PromotionPartyUsage.UsageCount times ${target}, and the progress), make it what it was ` +
    `or ${by} more, whichever is right, ${retried}`
  );
}

function times(rounds: number | null): string {
  return rounds === null ? 'nobody knows how often' : `${rounds}×`;
}
