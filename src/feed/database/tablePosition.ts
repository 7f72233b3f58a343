import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FeedPosition } from '../feed.js';
import { FeedError } from '../feedError.js';
import type { MappedDatabase } from '../mapping/databaseRule.js';

/** A place in the order of a table. */
export interface TablePosition extends FeedPosition {
  /** What the last row that was delivered has in the columns of the order, as PostgreSQL writes it. */
  readonly after: readonly string[];
  /** Digest of what is read, and in what order. A place in another order means nothing. */
  readonly of: string;
}

export const StoredTablePosition = z.object({
  rows: z.int().min(0),
  after: z.array(z.string()).min(1),
  of: z.string(),
});

/** Returns the digest of what is read, and in what order. */
export function orderDigest({ from, orderBy }: MappedDatabase): string {
  return createHash('sha256')
    .update(JSON.stringify([from, orderBy]))
    .digest('hex')
    .slice(0, 16);
}

/**
 * Returns the place behind which reading goes on.
 * @throws {FeedError} if it was taken in another table, query or order
 */
export function tablePositionIn(
  feed: string,
  database: MappedDatabase,
  from: FeedPosition | undefined,
): TablePosition | undefined {
  if (from === undefined || isPositionIn(database, from)) return from;
  throw new FeedError(
    'position-refused',
    `The feed ${feed} cannot be read on: the table, the query or the order is not the one that was being read.`,
    [
      'Give the mapping that the run has begun with, or start a new run: rows that are known are recognized by their keys.',
    ],
  );
}

/** Whether a position was taken in this order of this table. */
export function isPositionIn(database: MappedDatabase, position: FeedPosition): position is TablePosition {
  const { data } = StoredTablePosition.safeParse(position);
  return data?.of === orderDigest(database) && data.after.length === database.orderBy.length;
}
