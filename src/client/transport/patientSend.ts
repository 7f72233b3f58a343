import type { MonotonicClock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import { LostAnswerError } from '../failures/errors.js';
import { isPassing } from '../failures/isPassing.js';
import { verdict } from '../failures/verdict.js';
import type { Send } from './send.js';

/** Milliseconds. */
const firstPause = 1000;
const longestPause = 10_000;
/** An address that nobody ever answered at is more likely wrong than in trouble; so is an answer in another form. */
const shortPatience = 5000;

export interface ReadPatience {
  /** Milliseconds from the first attempt on after which none is begun. */
  readonly wait: number;
  readonly clock: MonotonicClock;
  readonly random: Random;
  /** Ends the waiting, not an attempt. */
  readonly signal?: AbortSignal;
}

/**
 * Sends reads again while the org, or the way to it, is in passing trouble. Everything else is sent once.
 *
 * @throws as the last attempt
 */
export function patientSend(send: Send, patience: ReadPatience): Send {
  return async (call, shape) => {
    if (!(call.isRead ?? call.method === 'GET')) return send(call, shape);
    const startedAt = patience.clock.monotonic();
    for (let attempts = 1; ; attempts++) {
      try {
        return await send(call, shape);
      } catch (error) {
        const pause = pauseAfter(error, attempts, patience.random);
        const isLate = patience.clock.monotonic() + pause - startedAt > waitFor(error, patience.wait);
        if (isLate || !isPassing(error) || patience.signal?.aborted) throw error;
        await patience.clock.sleep(pause, patience.signal);
        if (patience.signal?.aborted) throw error;
      }
    }
  };
}

function waitFor(error: unknown, wait: number): number {
  const isDoubtful = error instanceof LostAnswerError && ['notConnected', 'unreadable'].includes(error.kind);
  return isDoubtful ? Math.min(wait, shortPatience) : wait;
}

/** Exponential, with jitter so that those who wait do not meet again, and at least what the answer asks for. */
function pauseAfter(error: unknown, attempts: number, random: Random): number {
  const judgment = verdict(error);
  const asked = 'retryAfter' in judgment ? (judgment.retryAfter ?? 0) : 0;
  const pause = Math.min(longestPause, firstPause * 2 ** (attempts - 1));
  return Math.max(asked, Math.ceil(pause * (0.5 + random.next() / 2)));
}
