import type { WatchedFeeds } from '../../feed/index.js';
import type { RunNote } from '../../outbox/index.js';
import type { LiveOptions } from '../syncOptions.js';

export interface WatchingOptions {
  /**
   * Milliseconds that a row waits for others, so that they share a request. A full request leaves at once. Default
   * 1,000: a file to which a row is appended every second would otherwise take a call of the org's daily limit for each.
   */
  readonly flushAfter?: number | undefined;
  /** Called at once with what a person should know. The report has it too. */
  readonly onNote?: ((note: RunNote) => void) | undefined;
}

/** What a run that watches needs. */
export interface WatchSyncOptions extends LiveOptions, WatchingOptions {
  readonly watched: WatchedFeeds;
}

export const watchingDefaults = { flushAfter: 1000 } as const;
