import type { RunEnding, StopReason } from '../../outbox/index.js';
import type { CrossedThreshold, MemberProgress } from '../memberProgress/memberProgressOptions.js';
import type { SyncProgress } from '../syncOptions.js';
import type { SyncOutcome } from '../syncWatch.js';

/** What happens in a service. */
export type ServiceEvent =
  /** A push is on disk and will be delivered. */
  | { readonly type: 'accepted'; readonly key: string; readonly member: string; readonly is: 'accepted' | 'corrected' }
  | ({ readonly type: SyncOutcome['is'] } & Omit<SyncOutcome, 'is'>)
  | { readonly type: 'progress'; readonly progress: SyncProgress }
  /** With `memberProgress`: how far a member is with a promotion has changed. */
  | ({ readonly type: 'memberProgress' } & MemberProgress)
  /**
   * With `memberProgress`: a member has crossed a threshold. Told once in this process, before `onThreshold` is called. A
   * reader that must not miss one uses `onThreshold`, which acknowledges it.
   */
  | ({ readonly type: 'threshold' } & CrossedThreshold)
  /** The reader was too slow: this many events before the next one are missing. */
  | { readonly type: 'dropped'; readonly events: number }
  /** The run has ended. The last event. */
  | { readonly type: 'stopped'; readonly ending: RunEnding; readonly reason?: StopReason | undefined };
