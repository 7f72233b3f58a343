import { counted } from '../base/text/counted.js';
import type { FeedPosition } from './feed.js';
import { FeedError } from './feedError.js';

/** A feed that is not the one that a position was taken in, or no longer. */
export function positionRefused(feed: string, from: FeedPosition, why: string): FeedError {
  return new FeedError('position-refused', `The feed ${feed} cannot be read on from line ${from.line}: ${why}.`, [
    'Put the feed back as it was and resume, or start a new run with the feed as it is now: what is known already is ' +
      'recognized by its key.',
  ]);
}

/** Why a feed is refused, each as a clause. */
export const reasons = {
  truncated: (bytes: number, { offset }: FeedPosition) =>
    `it was truncated, or is another feed: it has only ${bytes} bytes now, and ${offset} had been read`,
  replaced: () => 'it was replaced: it begins differently from the feed that was being read',
  changed: () =>
    'it begins the same, but a line in front of that was changed, put in or removed after it had been read',
  incomplete: () => 'its last line was not complete when it was read',
  countedDifferently: (rows: number, from: FeedPosition) =>
    `the same bytes give ${counted(rows, 'row')} in front of that now, and gave ${from.rows} when they were read; the mapping must be the same`,
} as const;
