import type { MonotonicClock } from '../base/clock.js';
import { seededRandom } from '../base/random.js';
import type { Random } from '../base/random.js';
import { askAgain } from '../client/index.js';
import type { FailedQuestion, LoyaltyClient } from '../client/index.js';
import { failureOf, waitAfter } from './attempt.js';
import type { Failure } from './attempt.js';
import { Pace } from './pace.js';

/** Milliseconds. An org that was never reached probably has a wrong address, and is less likely to be in trouble. */
const firstContactPatience = 20_000;

export interface Patience {
  readonly clock: MonotonicClock;
  readonly random: Random;
  /** Milliseconds after which it gives up. */
  readonly wait: number;
  readonly signal?: AbortSignal | undefined;
  /** Who asks, if this may be its first contact with the org: see {@link firstContactPatience}. */
  readonly client?: Pick<LoyaltyClient, 'hasAnswered'> | undefined;
}

/** Returns the patience for a single call that a user waits for. */
export function shortPatience(clock: MonotonicClock, signal?: AbortSignal): Patience {
  return { clock, random: seededRandom(clock.now()), wait: 20_000, signal };
}

/**
 * Asks a question that can be repeated, as patiently as the rest of the run: one brief failure at the start must not
 * end a nightly job.
 * @throws {Error} from the question, if it is refused or the patience is over
 */
export async function patiently<T>(patience: Patience, question: () => Promise<T>): Promise<T> {
  const asked = await askedPatiently(patience, question);
  if ('answer' in asked) return asked.answer;
  throw asked.error;
}

/** Like {@link patiently}, for callers that can continue without an answer. Failures of the org and the network are returned. */
export async function patientAttempt<T>(
  patience: Patience,
  question: () => Promise<T>,
): Promise<{ readonly answer: T } | { readonly failure: Failure }> {
  const asked = await askedPatiently(patience, question);
  return 'answer' in asked ? asked : { failure: failureOf(asked) };
}

/** Like {@link patiently}, but returns the failure with its verdict. */
export function askedPatiently<T>(
  { clock, random, wait, signal, client }: Patience,
  question: () => Promise<T>,
): Promise<{ readonly answer: T } | FailedQuestion> {
  const pace = new Pace({ concurrency: 1, batchSize: 1 }, clock, random);
  const pauseAfter = ({ judgment }: FailedQuestion): number => {
    pace.failed(waitAfter(judgment));
    return pace.quietUntil - clock.monotonic();
  };
  const waitFor = ({ judgment }: FailedQuestion): number => {
    const wasNeverReached = client?.hasAnswered === false && judgment.kind === 'later' && judgment.nothingStored;
    return wasNeverReached ? Math.min(wait, firstContactPatience) : wait;
  };
  return askAgain({ clock, signal, pauseAfter, waitFor }, question);
}
