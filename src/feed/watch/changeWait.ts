import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { systemClock } from '../../base/clock.js';
import type { MonotonicClock } from '../../base/clock.js';
import { watchDefaults } from './watchOptions.js';
import type { WatchOptions } from './watchOptions.js';

/**
 * Waits for changes, such as those in a folder: for those that the system reports, and at the latest until it is time to look anyway.
 */
export class ChangeWait implements Disposable {
  readonly clock: MonotonicClock;
  readonly poll: number;
  readonly #until: AbortSignal | undefined;
  readonly #untilIdle: number;
  readonly #watcher: FSWatcher | undefined;
  #cameAt: number;
  #hasChanged = false;
  #wake: () => void = () => undefined;

  /**
   * @param folder undefined where nothing reports changes
   * @param concerns whether the change of a file with this name counts
   */
  constructor(folder: string | undefined, concerns: (name: string) => boolean, options: WatchOptions) {
    const { until, untilIdle = Infinity, poll = watchDefaults.poll, clock = systemClock } = options;
    this.clock = clock;
    this.poll = poll;
    this.#until = until;
    this.#untilIdle = untilIdle;
    this.#cameAt = clock.monotonic();
    this.#watcher =
      folder === undefined
        ? undefined
        : watcherOf(folder, (name) => {
            if (name !== null && !concerns(name)) return;
            this.#hasChanged = true;
            this.#wake();
          });
  }

  /** Whether nothing more is to be waited for. */
  isOver(): boolean {
    return this.#until?.aborted === true || this.isIdle;
  }

  /** Whether nothing has come for so long that nothing more is expected. */
  get isIdle(): boolean {
    return this.clock.monotonic() - this.#cameAt >= this.#untilIdle;
  }

  /** Records that something new has come. */
  came(): void {
    this.#cameAt = this.clock.monotonic();
  }

  /** Resolves when something may have changed, when the watch ends, or when the signal aborts. */
  async next(signal: AbortSignal): Promise<void> {
    const awake = new AbortController();
    this.#wake = () => awake.abort();
    if (!this.#hasChanged) {
      const ends = [awake.signal, signal, ...(this.#until ? [this.#until] : [])];
      await this.clock.sleep(this.poll, AbortSignal.any(ends));
    }
    this.#hasChanged = false;
  }

  [Symbol.dispose](): void {
    this.#watcher?.close();
  }
}

/** Undefined if the system has no watcher left: then the watch checks at intervals only. */
function watcherOf(folder: string, changed: (name: string | null) => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => changed(name));
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
