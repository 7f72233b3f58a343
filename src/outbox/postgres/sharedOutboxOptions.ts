import type { MonotonicClock } from '../../base/clock.js';

export interface SharedOutboxOptions {
  readonly clock?: MonotonicClock | undefined;
  /** Whether to keep what was sent after it is done. */
  readonly keepPayloads?: boolean | undefined;
  /** Whether the log is only read. Then only this object sees what is changed in it. */
  readonly isPrivate?: boolean | undefined;
  /** Ends the reading of the log when nobody needs it any more. It fails then. */
  readonly signal?: AbortSignal | undefined;
}
