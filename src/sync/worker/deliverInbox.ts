import { aborted } from '../../base/aborted.js';
import { systemClock } from '../../base/clock.js';
import type { MonotonicClock } from '../../base/clock.js';
import { OutboxTakenError } from '../../outbox/index.js';
import type { RunNote, SharedOutbox, StoredFeeds } from '../../outbox/index.js';
import { ServiceClosedError, ServiceStoppedError } from '../service/serviceErrors.js';
import type { ServiceOptions } from '../service/serviceOptions.js';
import { SyncService } from '../service/syncService.js';
import type { SyncProgress } from '../syncOptions.js';
import type { SyncReport } from '../syncReport.js';
import { FeedPump } from './feedPump.js';
import type { FeedPumpOptions, UnreadableFeed } from './feedPump.js';
import { IdleCheck } from './idleCheck.js';
import { InboxPump } from './inboxPump.js';
import type { InboxPumpOptions } from './inboxPump.js';

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

/** Code of the notes of a run about feeds that cannot be read, also those that an earlier run could not read. */
export const feedRefused = 'feed-refused';
/** Code of the notes of a run about feeds that only a newer build of this package can read. */
export const feedLeft = 'feed-left';

/** Milliseconds between two looks at the lease. */
const leasePause = 250;

/**
 * Delivers what waits in the inbox of a shared outbox, and what was open in the outbox before, as one run.
 * @throws {OutboxBusyError} if another process delivers from it
 * @throws {OutboxTakenError} when another process has taken it over; nothing more is sent
 * @throws {OutboxDatabaseError} when the database cannot be used any more; nothing more is sent
 */
export async function deliverInbox(delivery: InboxDelivery): Promise<SyncReport> {
  const { inbox, signal, endsWhenIdle, onActive, onDrain, onTaken, ...others } = delivery;
  const { onFeedRead, onFeedRefused, onFeedLeft, ...options } = others;
  const { outbox, clock = systemClock } = options;
  const idle = new IdleCheck(options);
  const cut = new AbortController();
  const onProgress = (progress: SyncProgress): void => {
    idle.hear(progress);
    options.onProgress?.(progress);
  };
  const service = await opened(signal, cut, { ...options, onProgress });
  onActive?.();
  const over = new AbortController();
  const isLost = watchLease(outbox, { clock, signal: over.signal, cut });
  const pumpEnd = new AbortController();
  const ended = service.ended.finally(() => pumpEnd.abort());
  ended.catch(() => undefined);
  const noted = (noteOf: typeof leftNote, tell: InboxDelivery['onFeedLeft']) => async (feed: UnreadableFeed) => {
    await outbox.runs.note(service.run, noteOf(feed));
    tell?.(feed);
  };
  const fromFeeds = new FeedPump({
    ...{ feeds: inbox.feeds, outbox, service, source: options.source, clock },
    ...{ onRead: onFeedRead, onRefused: noted(refusalNote, onFeedRefused), onLeft: noted(leftNote, onFeedLeft) },
  });
  const onPause = async (isEmpty: boolean): Promise<void> => {
    if (await idle.isIdle(isEmpty && fromFeeds.isEmpty)) pumpEnd.abort();
  };
  const pump = new InboxPump({ inbox, outbox, service, clock, onTaken, onPause: endsWhenIdle ? onPause : undefined });
  try {
    const { refused } = await inbox.feeds.unread(options.source);
    for (const name of refused) await outbox.runs.note(service.run, refusalNote({ name, error: toldBefore }));
    const ends = AbortSignal.any([signal, pumpEnd.signal]);
    const pumping = Promise.all([pump.run(ends), fromFeeds.run(ends)].map((each) => failureOf(each, cut)));
    // What waits to be stored may have to wait for the drain.
    await Promise.race([pumping, aborted(ends)]);
    if (!service.closed) onDrain?.();
    const report = await service.drain();
    const failure = (await pumping).find((each) => each !== undefined);
    if (failure) throw failure.error;
    over.abort();
    if (await isLost) throw new OutboxTakenError(outbox.name, 'another process has taken it over');
    return report;
  } finally {
    over.abort();
  }
}

/** Until the service is open, nothing was taken that would have to be delivered, so that the signal ends it. */
async function opened(
  signal: AbortSignal,
  cut: AbortController,
  options: Omit<ServiceOptions, 'signal'>,
): Promise<SyncService> {
  const abort = (): void => cut.abort();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await SyncService.open({ ...options, signal: cut.signal });
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Cuts the run off when the lease is lost, even if the run has nothing to do. Resolves with whether it was. */
async function watchLease(
  outbox: SharedOutbox,
  { clock, signal, cut }: { clock: MonotonicClock; signal: AbortSignal; cut: AbortController },
): Promise<boolean> {
  for (;;) {
    const isLost = outbox.lease?.isLost === true;
    if (isLost) cut.abort();
    if (isLost || signal.aborted) return isLost;
    await clock.sleep(leasePause, signal);
  }
}

const toldBefore = { message: 'An earlier run has the reason.' };

function refusalNote({
  name,
  error,
}: {
  readonly name: string;
  readonly error: { readonly message: string };
}): RunNote {
  return {
    code: feedRefused,
    message: `The feed ${name} could not be read, and waits for a person. ${error.message}`,
  };
}

function leftNote({ name, error }: UnreadableFeed): RunNote {
  const message = `The feed ${name} waits for a worker with a newer version, because this one does not understand it. ${error.message}`;
  return { code: feedLeft, message };
}

/** What ended the pumps, unless it was the run, which tells why itself. Without the inbox, the run is cut off. */
async function failureOf(
  pumping: Promise<void>,
  cut: AbortController,
): Promise<{ readonly error: unknown } | undefined> {
  try {
    await pumping;
    return undefined;
  } catch (error) {
    if (error instanceof ServiceClosedError || error instanceof ServiceStoppedError) return undefined;
    cut.abort();
    return { error };
  }
}
