import type { MonotonicClock } from '../base/clock.js';
import { seededRandom } from '../base/random.js';
import type { Random } from '../base/random.js';
import { isPassing } from '../client/index.js';
import { attempt, waitAfter } from './attempt.js';
import { Pace } from './pace.js';

/** An org that was never reached is more likely named wrongly than in trouble. */
const firstContactPatience = 20_000;

export interface Patience {
  readonly clock: MonotonicClock;
  readonly random: Random;
  /** Milliseconds after which nobody waits any longer. */
  readonly wait: number;
  readonly signal?: AbortSignal | undefined;
}

/** Of a single call that somebody waits for. */
export function shortPatience(clock: MonotonicClock, signal?: AbortSignal): Patience {
  return { clock, random: seededRandom(clock.now()), wait: 20_000, signal };
}

/**
 * Asks what may be asked again, with the patience that the rest of the run has: one hiccup at the start must not end a
 * nightly job.
 * @throws {Error} what the question throws, once it is refused, or when nobody waits any longer
 */
export async function patiently<T>({ clock, random, wait, signal }: Patience, question: () => Promise<T>): Promise<T> {
  const pace = new Pace({ concurrency: 1, batchSize: 1 }, clock, random);
  const startedAt = clock.monotonic();
  for (;;) {
    let thrown: unknown;
    const asked = await attempt(1, () =>
      question().catch((error: unknown) => {
        thrown = error;
        throw error;
      }),
    );
    if ('answer' in asked) return asked.answer;
    const { failure } = asked;
    const patience = failure.kind === 'later' && failure.nothingStored ? Math.min(wait, firstContactPatience) : wait;
    pace.failed(waitAfter(failure));
    const isLate = pace.quietUntil - startedAt > patience;
    if (!isPassing(thrown) || isLate || signal?.aborted) throw thrown;
    await clock.sleep(pace.quietUntil - clock.monotonic(), signal);
  }
}
