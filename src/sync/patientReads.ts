import type { MonotonicClock } from '../base/clock.js';
import { seededRandom } from '../base/random.js';
import type { Random } from '../base/random.js';
import { isPassing } from '../client/index.js';
import { attempt, waitAfter } from './attempt.js';
import { Pace } from './pace.js';

/** Milliseconds. An org that was never reached probably has a wrong address, and is less likely to be in trouble. */
const firstContactPatience = 20_000;

export interface Patience {
  readonly clock: MonotonicClock;
  readonly random: Random;
  /** Milliseconds after which it gives up. */
  readonly wait: number;
  readonly signal?: AbortSignal | undefined;
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
