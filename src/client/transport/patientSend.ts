import type { MonotonicClock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import { LostAnswerError, LoyaltyApiError } from '../failures/callErrors.js';
import { askAgain } from '../failures/askAgain.js';
import type { FailureVerdict } from '../failures/failureVerdict.js';
import type { Send } from './send.js';

/** In milliseconds. */
const firstPause = 1000;
const longestPause = 10_000;
/** If nothing listens, or something other than an org answers, the address is probably wrong. */
const shortPatience = 5000;

export interface ReadPatience {
  /** Milliseconds after the first attempt during which a new attempt may begin. */
  readonly wait: number;
  readonly clock: MonotonicClock;
  readonly random: Random;
  /** Ends the waiting, but not a running attempt. */
  readonly signal?: AbortSignal;
}

/**
 * Sends reads again if they fail for a temporary reason. Everything else is sent once.
 *
 * @throws {LoyaltyApiError | LostAnswerError} of the last attempt
 */
export function patientSend(send: Send, patience: ReadPatience): Send {
  return async (call, shape) => {
    const isRead = call.isRead ?? call.method === 'GET';
    return isRead ? askPatiently(patience, () => send(call, shape)) : send(call, shape);
  };
}

/**
 * Repeats a question that may be repeated.
 * @throws {LoyaltyApiError | LostAnswerError} of the last attempt
 */
export async function askPatiently<T>(patience: ReadPatience, question: () => Promise<T>): Promise<T> {
  const { clock, random, signal, wait } = patience;
  let attempts = 0;
  const asked = await askAgain(
    {
      clock,
      signal,
      pauseAfter: ({ judgment }) => pauseAfter(judgment, (attempts += 1), random),
      waitFor: ({ error }) => (isDoubtful(error) ? Math.min(wait, shortPatience) : wait),
    },
    question,
  );
  if ('answer' in asked) return asked.answer;
  throw asked.error;
}

function isDoubtful(error: unknown): boolean {
  if (error instanceof LostAnswerError) return ['notConnected', 'unreadable'].includes(error.kind);
  return error instanceof LoyaltyApiError && error.errorCode === null && error.status < 500;
}

/**
 * Returns an exponential pause. Jitter keeps waiting clients from meeting again, and the answer may ask for a longer
 * pause.
 */
function pauseAfter(judgment: FailureVerdict, attempts: number, random: Random): number {
  const asked = 'retryAfter' in judgment ? (judgment.retryAfter ?? 0) : 0;
  const pause = Math.min(longestPause, firstPause * 2 ** (attempts - 1));
  return Math.max(asked, Math.ceil(pause * (0.5 + random.next() / 2)));
}
