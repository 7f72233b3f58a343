import { isFeedPosition } from '../feed/index.js';
import type { Feed, FeedNote, FeedPosition } from '../feed/index.js';
import type { Outbox } from '../outbox/index.js';

/**
 * Returns where a run that has not read anything of a feed begins: behind what an earlier run has read, if the feed is
 * one that goes on from there. Undefined for its beginning.
 */
export async function earlierPosition(feed: Feed, outbox: Outbox): Promise<FeedPosition | undefined> {
  if (!feed.continuesFrom) return undefined;
  const stored = await outbox.intake.lastPosition(feed.name);
  return isFeedPosition(stored) && feed.continuesFrom(stored) ? { ...stored, rows: 0 } : undefined;
}

/** What a run notes when it begins to read a feed. */
export function notesOf({ name, notes = [] }: Feed, from: FeedPosition | undefined): readonly FeedNote[] {
  if (from === undefined) return notes;
  const message =
    `${name} was read on behind the row at which an earlier run had ended. Rows in front of it were not read again, ` +
    'not even those that were rejected: "sync start --read-all" reads all.';
  return [...notes, { code: 'feed-continued', message }];
}
