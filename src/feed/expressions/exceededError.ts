import type { FeedError } from '../feedError.js';
import type { MappingText } from '../mapping/mappingText.js';
import type { Exceeded } from './rowEvaluator.js';

/** Returns the error that ends the reading of a feed because an expression has exceeded the limits in too many rows. */
export function exceededError({ path, lines, how }: Exceeded, place: MappingText, feed: string): FeedError {
  const line = place.line(path);
  return place.error(
    path,
    `is an expression that ${how}, and after ${lines.length} such rows (${feed}, lines ${lines.join(', ')}) no more are tried`,
    `Correct the expression in line ${line} of ${place.name} and start a new run: the rows before these ` +
      'are recognized by their keys.',
  );
}
