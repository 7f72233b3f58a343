import type { MonotonicClock } from '../../base/clock.js';
import { isPassing } from './isPassing.js';
import { verdict } from './verdict.js';
import type { FailureVerdict } from './failureVerdict.js';

/** A question that was not answered, and what that means. */
export interface FailedQuestion {
  readonly error: unknown;
  readonly judgment: FailureVerdict;
}

/**
 * How patient somebody is who asks. A single command waits for seconds, and soon doubts an address where nothing of an
 * org answers. A sync run waits as long as it waits for a lost answer, at the pace of its other requests.
 */
export interface AskingPolicy {
  readonly clock: MonotonicClock;
  /** Ends the waiting, not an attempt. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds before the next attempt. Called once after each attempt that failed. */
  pauseAfter(failed: FailedQuestion): number;
  /** Milliseconds from the first attempt on after which none is begun. */
  waitFor(failed: FailedQuestion): number;
}

/**
 * Asks what may be asked again, while the org, or the way to it, is in passing trouble. A failure is judged once, here.
 *
 * @returns the answer, or how the last attempt failed
 */
export async function askAgain<T>(
  policy: AskingPolicy,
  question: () => Promise<T>,
): Promise<{ readonly answer: T } | FailedQuestion> {
  const { clock, signal } = policy;
  const startedAt = clock.monotonic();
  for (;;) {
    try {
      return { answer: await question() };
    } catch (error) {
      const failed = { error, judgment: verdict(error) };
      const pause = policy.pauseAfter(failed);
      const isLate = clock.monotonic() + pause - startedAt > policy.waitFor(failed);
      if (isLate || !isPassing(error, failed.judgment) || signal?.aborted) return failed;
      await clock.sleep(pause, signal);
      if (signal?.aborted) return failed;
    }
  }
}
