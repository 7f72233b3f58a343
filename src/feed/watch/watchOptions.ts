import type { MonotonicClock } from '../../base/clock.js';
import type { Feed } from '../feed.js';
import type { JournalTarget } from '../mapping/journalTarget.js';
import type { UnreadReason } from './knownFiles.js';

/** How long a watch goes on, and how it learns of changes. */
export interface WatchOptions {
  /** Ends the watch: what is there by then is read, and nothing more is waited for. */
  readonly until?: AbortSignal | undefined;
  /** Milliseconds without anything new after which the watch ends by itself. Default: never. */
  readonly untilIdle?: number | undefined;
  /**
   * Milliseconds after which the watch checks by itself, because no system reports every change: a network drive reports
   * none. Default 1,000.
   */
  readonly poll?: number | undefined;
  readonly clock?: MonotonicClock | undefined;
}

/** What a person should know of a watch, besides its rows. */
export interface WatchNote {
  readonly code: 'feed-gone' | 'feed-replaced' | 'marker-alone' | 'rows-held-back' | UnreadReason;
  readonly message: string;
  /** It may no longer be true when the watch ends. If it still is, it is told again then. */
  readonly isPassing?: boolean | undefined;
}

/** One reading of what is watched. */
export interface WatchReading {
  /** Ends the reading at once. */
  readonly signal: AbortSignal;
  readonly tell: (note: WatchNote) => Promise<void>;
  /** Called when the watch ends although something is there that was not read and may be read later. */
  readonly leave: () => void;
}

/** Feeds that come while they are watched for. */
export interface WatchedFeeds {
  /** As {@link Feed.check}, for all of them. */
  check(target: JournalTarget): void;
  /** Yields one feed after the other. Each must be read before the next is asked for. */
  feeds(reading: WatchReading): AsyncIterable<Feed>;
}

export const watchDefaults = { poll: 1000 } as const;
