import type { MonotonicClock } from '../../base/clock.js';
import { shortText } from '../../base/text/shortText.js';
import type { FollowedProgress, StoredThreshold } from '../../outbox/index.js';
import type { CrossedThreshold } from './memberProgressOptions.js';

export interface TellerOptions {
  readonly followed: FollowedProgress;
  readonly clock: MonotonicClock;
  readonly onThreshold: ((crossed: CrossedThreshold) => unknown) | undefined;
  readonly tellAgain: readonly number[];
  readonly handlerTimeout: number;
}

/** Most handlers that run at a time. */
const mostAtOnce = 8;
const mostWaiting = 500;

/** A threshold whose handler has failed. */
interface Failed {
  readonly times: number;
  readonly retryAt: number;
}

/**
 * Tells thresholds to the handler until it acknowledges them. Those of one member are told in their order, one after
 * the other.
 */
export class ThresholdTeller {
  readonly #options: TellerOptions;
  readonly #failed = new Map<string, Failed>();
  readonly #givenUp = new Set<string>();
  #latestError = '';

  constructor(options: TellerOptions) {
    this.#options = options;
  }

  /** Thresholds that this process no longer tells because the handler has failed too often. */
  get givenUp(): ReadonlySet<string> {
    return this.#givenUp;
  }

  /** What the handler has failed with. */
  get latestError(): string {
    return this.#latestError;
  }

  /** Tells what is due. Returns the milliseconds until more is due; undefined if nothing waits. */
  async tell(): Promise<number | undefined> {
    const { followed, clock } = this.#options;
    const waiting = await followed.untold(mostWaiting, [...this.#givenUp]);
    const first = firstOfMembers(waiting);
    const now = clock.monotonic();
    const due = first.filter(({ id }) => (this.#failed.get(id)?.retryAt ?? 0) <= now).slice(0, mostAtOnce);
    if (due.length > 0) {
      const told = await Promise.all(due.map((each) => this.#tellOne(each)));
      await followed.told(told.flat());
      for (const id of told.flat()) this.#failed.delete(id);
      return 0;
    }
    const times = first.flatMap(({ id }) => this.#failed.get(id)?.retryAt ?? []);
    return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - now);
  }

  /** Returns the id if it was acknowledged. */
  async #tellOne({ id, event }: StoredThreshold): Promise<string[]> {
    const { onThreshold } = this.#options;
    if (!onThreshold) return [id];
    try {
      await this.#inTime(async () => onThreshold(event as CrossedThreshold));
      return [id];
    } catch (error) {
      this.#fail(id, error);
      return [];
    }
  }

  async #inTime(handler: () => Promise<unknown>): Promise<void> {
    const { clock, handlerTimeout } = this.#options;
    const done = new AbortController();
    const late = clock.sleep(handlerTimeout, done.signal).then(() => {
      if (!done.signal.aborted) throw new Error(`The handler took longer than ${handlerTimeout} ms.`);
    });
    try {
      await Promise.race([handler(), late]);
    } finally {
      done.abort();
      await late.catch(() => undefined);
    }
  }

  #fail(id: string, error: unknown): void {
    const { clock, tellAgain } = this.#options;
    this.#latestError = shortText(String(error), 200);
    const times = (this.#failed.get(id)?.times ?? 0) + 1;
    const pause = tellAgain[times - 1];
    if (pause !== undefined) {
      this.#failed.set(id, { times, retryAt: clock.monotonic() + pause });
      return;
    }
    this.#failed.delete(id);
    this.#givenUp.add(id);
    process.emitWarning(`onThreshold failed ${times} times for the event ${id}: ${this.#latestError}`);
  }
}

/** The later ones of a member wait for the first. */
function firstOfMembers(waiting: readonly StoredThreshold[]): StoredThreshold[] {
  const seen = new Set<string>();
  return waiting.filter(({ member }) => {
    const key = member.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}
