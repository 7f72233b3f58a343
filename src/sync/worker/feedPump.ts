import type { MonotonicClock } from '../../base/clock.js';
import { FeedError } from '../../feed/index.js';
import type { Feed } from '../../feed/index.js';
import { isOutboxError } from '../../outbox/index.js';
import type { SharedOutbox, StoredFeed, StoredFeeds } from '../../outbox/index.js';
import { ServiceClosedError } from '../service/serviceErrors.js';
import type { SyncService } from '../service/syncService.js';
import { openStoredFeed } from './openStoredFeed.js';

export interface FeedPumpOptions {
  readonly feeds: Pick<StoredFeeds, 'first' | 'content' | 'remove' | 'removeRest' | 'refuse'>;
  /** The outbox of the service, if it is a shared one. */
  readonly outbox?: Pick<SharedOutbox, 'place'> | undefined;
  readonly service: Pick<SyncService, 'feed'>;
  /** What every key begins with. Feeds of other sources wait for a worker of theirs. */
  readonly source: string;
  readonly clock: MonotonicClock;
  /** Called when all rows of a feed are in the outbox. */
  readonly onRead?: ((feed: ReadFeed) => void) | undefined;
  /** Called when a feed cannot be read as a whole. It waits for a person. */
  readonly onRefused?: ((feed: UnreadableFeed) => Promise<void>) | undefined;
  /** Called when this build does not understand what a feed came with. It waits for a newer build. */
  readonly onLeft?: ((feed: UnreadableFeed) => Promise<void>) | undefined;
}

export interface ReadFeed {
  readonly name: string;
  readonly rows: number;
}

export interface UnreadableFeed {
  /** With its number. */
  readonly name: string;
  readonly error: FeedError;
}

/** Milliseconds between two looks when no feed waits. */
const pause = 500;

/**
 * Reads the feeds that were handed in for a shared outbox into a service, one after the other, in their order. A feed is
 * removed when all of its rows are in the outbox. If the process ends before, the next one reads it from its beginning,
 * and the outbox knows the keys. A feed with something that this build does not understand is left to another one.
 */
export class FeedPump {
  readonly #options: FeedPumpOptions;
  /** Numbers of the feeds that this build does not understand. */
  readonly #left: number[] = [];
  #isEmpty = false;

  constructor(options: FeedPumpOptions) {
    this.#options = options;
  }

  /** Whether no feed waits that this build can read, as far as the last look has shown. */
  get isEmpty(): boolean {
    return this.#isEmpty;
  }

  /**
   * Works until the signal, which also ends the feed that is being read.
   * @throws {OutboxDatabaseError} if the database cannot be used
   * @throws {ServiceClosedError} when the service has ended
   * @throws {ServiceStoppedError} when its run has stopped
   */
  async run(signal: AbortSignal): Promise<void> {
    const { feeds, source, clock } = this.#options;
    await feeds.removeRest();
    while (!signal.aborted) {
      const waiting = await feeds.first(source, this.#left);
      this.#isEmpty = waiting === undefined;
      if (waiting) await this.#read(waiting, signal);
      else await clock.sleep(pause, signal);
    }
  }

  async #read(waiting: StoredFeed, signal: AbortSignal): Promise<void> {
    const { feeds, outbox, service, onRead, onRefused, onLeft } = this.#options;
    const name = `${waiting.name}#${waiting.number}`;
    const feed = openStoredFeed(waiting, { name, open: () => feeds.content(waiting) });
    if (feed instanceof FeedError) {
      this.#left.push(waiting.number);
      await onLeft?.({ name, error: feed });
      return;
    }
    try {
      const rows = await service.feed(endedBy(feed, signal));
      await feeds.remove(waiting, outbox?.place);
      onRead?.({ name, rows });
    } catch (error) {
      if (signal.aborted && error instanceof ServiceClosedError) return;
      if (!(error instanceof FeedError)) throw error;
      // The bytes come from the database: its failures say nothing about the file.
      if (isOutboxError(error.cause)) throw error.cause;
      await feeds.refuse(waiting, error.message);
      await onRefused?.({ name, error });
    }
  }
}

/** The same feed, but at the signal it ends in front of the next stretch. */
function endedBy(feed: Feed, signal: AbortSignal): Feed {
  return {
    ...feed,
    read: async function* (options) {
      for await (const stretch of feed.read(options)) {
        if (signal.aborted) throw new ServiceClosedError(`The feed ${feed.name} was not read to its end.`);
        yield stretch;
      }
    },
  };
}
