import { counted } from '../base/text/counted.js';
import type { BytePosition } from './bytes/bytePosition.js';
import { FeedError } from './feedError.js';

/** Returns the error for a feed that is not, or no longer, the one in which a position was taken. */
export function positionRefused(feed: string, from: BytePosition, why: string): FeedError {
  return new FeedError('position-refused', `The feed ${feed} cannot be read on from line ${from.line}: ${why}.`, [
    'Restore the original feed and resume, or start a new run with the current feed: rows that are already known are ' +
      'recognized by their keys.',
  ]);
}

/** Why a feed is refused, each as a clause. */
export const reasons = {
  truncated: (bytes: number, { offset }: BytePosition) =>
    `it was truncated, or is another feed: it has only ${bytes} bytes now, but ${offset} had been read`,
  replaced: () => 'it was replaced: it begins differently from the feed that was being read',
  changed: () => 'it begins the same, but an earlier line was changed, added or removed after it had been read',
  incomplete: () => 'its last line was not complete when it was read',
  countedDifferently: (rows: number, from: BytePosition) =>
    `the same bytes give ${counted(rows, 'row')} before that line now, but gave ${from.rows} when they were read; the mapping must be the same`,
} as const;
