import { z } from 'zod';
import type { FeedPosition } from './feed.js';

const count = z.int().min(0);
const Mark = z.object({ offset: count, line: count });
const StoredPosition = Mark.extend({
  rows: count,
  group: Mark.extend({ rows: count }),
  sha256: z.string(),
  head: z.object({ offset: count, sha256: z.string() }),
});

/** Returns whether a stored value is a position. A disk may have changed a byte of it. */
export function isFeedPosition(value: unknown): value is FeedPosition {
  return StoredPosition.safeParse(value).success;
}
