import { z } from 'zod';
import { StoredBytePosition } from './bytes/bytePosition.js';
import { StoredTablePosition } from './database/tablePosition.js';
import type { FeedPosition } from './feed.js';

const StoredPosition = z.union([StoredBytePosition, StoredTablePosition]);

/** Returns whether a stored value is a position. A disk may have changed a byte of it. */
export function isFeedPosition(value: unknown): value is FeedPosition {
  return StoredPosition.safeParse(value).success;
}
