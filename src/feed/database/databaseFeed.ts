import type { Feed, FeedStretch, ReadOptions } from '../feed.js';
import { untilAborted } from '../feedReading.js';
import type { Mapping } from '../mapping/mapping.js';
import { mappedFeed } from '../mapping/mappedFeed.js';
import { inspectDatabase } from './inspectDatabase.js';
import type { DatabaseFeedOptions, OpenedDatabase } from './inspectDatabase.js';
import { rowsComeAgain } from './databaseMapping.js';
import { readDatabase } from './readDatabase.js';
import type { WatchOfTable } from './readDatabase.js';
import { isPositionIn } from './tablePosition.js';

/**
 * A feed of the rows of a PostgreSQL table, view or query. The mapping says in its section `database` what is read, and
 * in what order; the address says where. Nothing is ever written.
 * @param address such as `postgres://reader@db.example.com/shop`, without a password (PGPASSWORD, or ~/.pgpass)
 * @throws {FeedError} if the database cannot be read, or the mapping does not fit it
 */
export async function databaseFeed(
  address: string,
  mapping: Mapping,
  options: DatabaseFeedOptions = {},
): Promise<Feed> {
  return feedOfDatabase(await inspectDatabase(address, mapping, options), options);
}

/** @param watch given if reading goes on behind the last row */
export function feedOfDatabase(
  opened: OpenedDatabase,
  { readAll }: Pick<DatabaseFeedOptions, 'readAll'>,
  watch?: WatchOfTable,
): Feed {
  const { name, mapping, table } = opened;
  return {
    name,
    notes: table.notes,
    ...mappedFeed(mapping),
    rowsComeAgain: rowsComeAgain(mapping),
    ...(readAll !== true && { continuesFrom: (earlier) => isPositionIn(mapping.database, earlier) }),
    read: (options: ReadOptions): AsyncIterable<FeedStretch> => untilAborted(readDatabase(opened, options, watch)),
  };
}
