import { z } from 'zod';
import type { Mark } from '../../base/rowBytes.js';
import type { FeedPosition } from '../feed.js';
import { FeedError } from '../feedError.js';

/** A place in the bytes of a feed. */
export interface BytePosition extends FeedPosition, Mark {
  /**
   * Beginning of the group (invoice) of the row before this place, or the first row without a readable key or group. A
   * later reading starts there, without delivering the rows again, to learn what the numbers in later keys depend on. This
   * keeps a position small, however long a group is.
   */
  readonly group: Mark & { readonly rows: number };
  /** SHA-256, in hex, of everything before this place. Reading continues only if it is the same again. */
  readonly sha256: string;
  /** Beginning of the feed up to the end of its first row. It distinguishes a changed feed from another feed. */
  readonly head: { readonly offset: number; readonly sha256: string };
}

const count = z.int().min(0);
const StoredMark = z.object({ offset: count, line: count });

export const StoredBytePosition = StoredMark.extend({
  rows: count,
  group: StoredMark.extend({ rows: count }),
  sha256: z.string(),
  head: z.object({ offset: count, sha256: z.string() }),
});

/** @throws {FeedError} if the position was not taken in bytes */
export function bytePositionIn(feed: string, from: FeedPosition | undefined): BytePosition | undefined {
  if (from === undefined) return undefined;
  const { data } = StoredBytePosition.safeParse(from);
  if (data) return data;
  throw new FeedError('position-refused', `The feed ${feed} cannot be read on: the position is one of another kind.`, [
    'Give the feed that the run has begun, or start a new run with this one.',
  ]);
}
