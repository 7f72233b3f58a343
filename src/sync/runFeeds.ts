import type { Feed } from '../feed/index.js';
import type { RunNote, StopReason } from '../outbox/index.js';
import type { IntakeOptions } from './intake.js';
import type { RowFlow } from './rowFlow.js';

/** What a run reads. A run that only delivers reads nothing. */
export interface RunFeeds {
  readonly feeds: readonly Feed[];
  readonly source: string;
  /** Returns whether the org may have transactions already that are read now. */
  readonly lookUpFirst: () => boolean;
  /** Most rows of each feed. */
  readonly limit?: number | undefined;
  /** Feeds that cannot be read now. */
  readonly unreadable?: readonly string[] | undefined;
  /** What is read instead of the feeds. */
  readonly live?: LiveReading | undefined;
}

/** What is read until it is told to end. */
export interface LiveReading {
  readonly open: (options: FlowOptions) => RowFlow;
  /** Note of a run that ends before everything was read. */
  readonly unread: RunNote;
}

/** What a flow needs of its run. */
export interface FlowOptions extends IntakeOptions {
  /** Why the run stops, if it does. */
  readonly stopped: () => StopReason | undefined;
}
