import type { RunEnding, StopReason } from '../../outbox/index.js';
import type { SyncProgress } from '../syncOptions.js';
import type { SyncOutcome } from '../syncWatch.js';

/** What happens in a service. */
export type ServiceEvent =
  /** A push is on disk and will be delivered. */
  | { readonly type: 'accepted'; readonly key: string; readonly member: string; readonly is: 'accepted' | 'corrected' }
  | ({ readonly type: SyncOutcome['is'] } & Omit<SyncOutcome, 'is'>)
  | { readonly type: 'progress'; readonly progress: SyncProgress }
  /** The reader was too slow: this many events before the next one are missing. */
  | { readonly type: 'dropped'; readonly events: number }
  /** The run has ended. The last event. */
  | { readonly type: 'stopped'; readonly ending: RunEnding; readonly reason?: StopReason | undefined };
