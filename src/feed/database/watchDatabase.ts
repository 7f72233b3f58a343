import type { Feed } from '../feed.js';
import type { Mapping } from '../mapping/mapping.js';
import { checkJournal } from '../mapping/journalFieldReaders.js';
import { ChangeWait } from '../watch/changeWait.js';
import type { WatchedFeeds, WatchOptions, WatchReading } from '../watch/watchOptions.js';
import { feedOfDatabase } from './databaseFeed.js';
import { inspectDatabase } from './inspectDatabase.js';
import type { DatabaseFeedOptions, OpenedDatabase } from './inspectDatabase.js';
import type { WatchOfTable } from './readDatabase.js';
import { heldBack, writerPatience } from './tablePages.js';

export interface WatchDatabaseOptions extends WatchOptions, Omit<DatabaseFeedOptions, 'clock'> {}

/**
 * Watches a table, view or query of a database for rows that come behind those that were read.
 * @throws {FeedError} as {@link databaseFeed}
 */
export async function watchDatabase(
  address: string,
  mapping: Mapping,
  options: WatchDatabaseOptions = {},
): Promise<WatchedFeeds> {
  const opened = await inspectDatabase(address, mapping, options);
  return {
    check: (target) => checkJournal(mapping, target),
    feeds: (reading) => liveFeed(opened, options, reading),
  };
}

async function* liveFeed(
  opened: OpenedDatabase,
  options: WatchDatabaseOptions,
  { tell }: WatchReading,
): AsyncGenerator<Feed> {
  using wait = new ChangeWait(undefined, () => false, options);
  yield feedOfDatabase(opened, options, watchOf(opened, wait, tell));
}

/** Rows that writers hold back are waited for as long as the watch goes on. */
function watchOf({ name, patience }: OpenedDatabase, wait: ChangeWait, tell: WatchReading['tell']): WatchOfTable {
  let toldSince: number | undefined;
  let overSince: number | undefined;
  const { clock } = wait;
  const most = writerPatience(patience);
  return {
    isOver: () => wait.isOver(),
    came: () => wait.came(),
    next: (signal) => wait.next(signal),
    goesOn: async (writers, since) => {
      const now = clock.monotonic();
      if (now - since >= most && toldSince !== since) {
        toldSince = since;
        await tell({ ...heldBack(name, writers), isPassing: true });
      }
      if (!wait.isOver()) return true;
      overSince ??= now;
      return now - Math.max(since, overSince) < most;
    },
  };
}
