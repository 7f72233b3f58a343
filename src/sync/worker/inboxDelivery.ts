import type { SharedOutbox, StoredFeeds } from '../../outbox/index.js';
import type { ServiceOptions } from '../service/serviceOptions.js';
import type { FeedPumpOptions, UnreadableFeed } from './feedPump.js';
import type { InboxPumpOptions } from './inboxPump.js';

/** What the delivery from an inbox needs. */
export interface InboxDelivery extends Omit<ServiceOptions, 'outbox' | 'signal'> {
  readonly outbox: SharedOutbox;
  readonly inbox: InboxPumpOptions['inbox'] & {
    readonly feeds: FeedPumpOptions['feeds'] & Pick<StoredFeeds, 'unread'>;
  };
  /** Ends it in good order: nothing more is taken, and what was taken is delivered. */
  readonly signal: AbortSignal;
  /** Whether it ends when nothing waits and nothing is open, or when nothing has moved for `wait`. */
  readonly endsWhenIdle?: boolean | undefined;
  /** Called when this process has the lease and begins to deliver. */
  readonly onActive?: (() => void) | undefined;
  /** Called when it takes nothing more, and delivers what is open. */
  readonly onDrain?: (() => void) | undefined;
  readonly onTaken?: InboxPumpOptions['onTaken'];
  readonly onFeedRead?: FeedPumpOptions['onRead'];
  /** Called when a feed cannot be read as a whole. Also a note of the run says so. */
  readonly onFeedRefused?: ((feed: UnreadableFeed) => void) | undefined;
  /** Called when a feed has something that this build does not understand. Also a note of the run says so. */
  readonly onFeedLeft?: ((feed: UnreadableFeed) => void) | undefined;
}
