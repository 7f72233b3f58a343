import { aborted } from '../../base/aborted.js';
import { systemClock } from '../../base/clock.js';
import { ServiceClosedError, ServiceStoppedError } from '../service/serviceErrors.js';
import type { SyncService } from '../service/syncService.js';
import type { SyncReport } from '../syncReport.js';
import { leftNote, otherSourcesNote, refusalNote } from './feedNotes.js';
import { FeedPump } from './feedPump.js';
import type { UnreadableFeed } from './feedPump.js';
import type { IdleCheck } from './idleCheck.js';
import type { InboxDelivery } from './inboxDelivery.js';
import { InboxPump } from './inboxPump.js';

/** The run of a delivery. */
export interface InboxRun {
  readonly service: SyncService;
  /** Cuts the run off. */
  readonly cut: AbortController;
  readonly idle: IdleCheck;
}

interface Pump {
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Takes what waits in the inbox into the run, until the signal, or until the run ends. Delivers then what is open, and
 * returns the report.
 */
export async function pumpInbox(delivery: InboxDelivery, run: InboxRun): Promise<SyncReport> {
  const { signal, onDrain } = delivery;
  const { service, cut } = run;
  await noteFeeds(delivery, service.run);
  const end = new AbortController();
  service.ended.finally(() => end.abort()).catch(() => undefined);
  const ends = AbortSignal.any([signal, end.signal]);
  const pumps = pumpsOf(delivery, run, () => end.abort());
  const pumping = Promise.all(pumps.map((pump) => failureOf(pump.run(ends), cut)));
  // What waits to be stored may have to wait for the drain.
  await Promise.race([pumping, aborted(ends)]);
  if (!service.closed) onDrain?.();
  const report = await service.drain();
  const failure = (await pumping).find((each) => each !== undefined);
  if (failure) throw failure.error;
  return report;
}

/** Feeds that an earlier run could not read still wait for a person, and those of other sources for another worker. */
async function noteFeeds({ inbox, outbox, source }: InboxDelivery, run: string): Promise<void> {
  const error = { message: 'An earlier run has the reason.' };
  const { waiting, refused } = await inbox.feeds.unread(source);
  const others = (await inbox.feeds.unread()).waiting - waiting;
  if (others > 0) await outbox.runs.note(run, otherSourcesNote(others, source));
  for (const name of refused) await outbox.runs.note(run, refusalNote({ name, error }));
}

/** @param onIdle called when there is nothing left to do, if the delivery ends then */
function pumpsOf(delivery: InboxDelivery, { service, idle }: InboxRun, onIdle: () => void): readonly Pump[] {
  const { inbox, outbox, source, clock = systemClock, endsWhenIdle } = delivery;
  const { onTaken, onFeedRead, onFeedRefused, onFeedLeft } = delivery;
  const noted = (noteOf: typeof leftNote, tell: InboxDelivery['onFeedLeft']) => async (feed: UnreadableFeed) => {
    await outbox.runs.note(service.run, noteOf(feed));
    tell?.(feed);
  };
  const fromFeeds = new FeedPump({
    ...{ feeds: inbox.feeds, outbox, service, source, clock },
    ...{ onRead: onFeedRead, onRefused: noted(refusalNote, onFeedRefused), onLeft: noted(leftNote, onFeedLeft) },
  });
  const onPause = async (isEmpty: boolean): Promise<void> => {
    if (await idle.isIdle(isEmpty && fromFeeds.isEmpty)) onIdle();
  };
  return [
    new InboxPump({ inbox, outbox, service, clock, onTaken, onPause: endsWhenIdle ? onPause : undefined }),
    fromFeeds,
  ];
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
