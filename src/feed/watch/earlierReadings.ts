import { endedGroupsInMemory } from '../feed.js';
import type { Feed, FeedPosition } from '../feed.js';
import { FeedError } from '../feedError.js';

/** What earlier processes of the same run have read of the files in a folder. */
export interface EarlierReadings {
  /** Names of feeds that were begun. They are read on first, with or without a marker. */
  readonly begun: readonly string[];
  /** Returns the latest feed of the file at a path that was read to its end; undefined if there is none. */
  readonly latest: (
    path: string,
  ) => Promise<{ readonly generation: number; readonly position: FeedPosition | undefined } | undefined>;
}

/** Whether a feed ends at a position, and is the same in front of it. Without a position, whether it has no rows. */
export async function isUnchanged(
  feed: Feed,
  position: FeedPosition | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    if (position) return (await feed.growth?.(position, signal)) === undefined;
    for await (const { entries } of feed.read({ endedGroups: endedGroupsInMemory(), signal, limit: 1 }))
      if (entries.length > 0) return false;
    return true;
  } catch (error) {
    if (error instanceof FeedError) return false;
    throw error;
  }
}
