import type { Feed, FeedStretch, ReadOptions, WatchedFeeds } from '../../../src/feed/index.js';
import type { SyncService } from '../../../src/sync/index.js';

/** Opens what is watched. @param options when the watch ends */
type OpenWatched = (options: { readonly until: AbortSignal }) => Promise<WatchedFeeds>;

/**
 * Watches a file or a folder for a service whose process can be killed. The system closes the files of a dead process.
 */
export class MortalWatch {
  readonly #until = new AbortController();
  readonly #dead = new AbortController();
  readonly #readings: AsyncIterator<FeedStretch>[] = [];
  readonly #open: OpenWatched;
  readonly #onFeed: (name: string) => void;
  /** How often another file has taken the place of the first one, or will. */
  #generation = 0;
  #hasRead = false;
  #hasLeft = false;

  /** @param onFeed called with the name of each feed before it is read */
  constructor(open: OpenWatched, onFeed: (name: string) => void = () => undefined) {
    this.#open = open;
    this.#onFeed = onFeed;
  }

  /** Whether the watch has ended and left something unread. */
  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  /** Whether rows of the present file have been read, so that it is certainly open. */
  get hasRead(): boolean {
    return this.#hasRead;
  }

  /** The file is about to be replaced or truncated. */
  expectAnother(): void {
    this.#generation++;
    this.#hasRead = false;
  }

  /** Reads until the watch ends. @throws {FeedError} if the file was truncated */
  async readInto(service: SyncService): Promise<void> {
    const watched = await this.#open({ until: this.#until.signal });
    const tell = async (): Promise<void> => undefined;
    const feeds = watched.feeds({ signal: this.#dead.signal, tell, leave: () => void (this.#hasLeft = true) });
    let generation = 0;
    for await (const feed of feeds) {
      this.#onFeed(feed.name);
      await Promise.race([service.feed(this.mortal(feed, generation++)), aborted(this.#dead.signal)]);
      if (this.#dead.signal.aborted) return;
    }
  }

  /** Reads what is there, and ends. */
  end(): void {
    this.#until.abort();
  }

  async die(): Promise<void> {
    this.#dead.abort();
    await Promise.all(this.#readings.map(async (reading) => reading.return?.()));
  }

  /** Returns the same feed, which is closed when the process dies. @param generation of the watched file */
  mortal(feed: Feed, generation?: number): Feed {
    const seen = (): void => {
      if (generation === this.#generation) this.#hasRead = true;
    };
    const readings = this.#readings;
    const dead = this.#dead.signal;
    return {
      ...feed,
      read: (options: ReadOptions) => {
        const signal = options.signal ? AbortSignal.any([options.signal, dead]) : dead;
        const stretches = feed.read({ ...options, signal })[Symbol.asyncIterator]();
        readings.push(stretches);
        return passing(stretches, seen);
      },
    };
  }
}

async function* passing(stretches: AsyncIterator<FeedStretch>, seen: () => void): AsyncGenerator<FeedStretch> {
  try {
    for (;;) {
      const next = await stretches.next();
      if (next.done === true) return;
      seen();
      yield next.value;
    }
  } finally {
    await stretches.return?.();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
