import type { FeedError } from '../feedError.js';
import type { MappingText } from '../mapping/mappingText.js';
import type { Exceeded } from './rowEvaluator.js';

/** Why the reading of a feed ends: its mapping has an expression that exceeds the limits in row after row. */
export function exceededError({ name, lines, how }: Exceeded, place: MappingText, feed: string): FeedError {
  const path = name === 'skip' ? ['skip'] : ['journal', name];
  const line = place.line(path);
  return place.error(
    path,
    `is an expression that ${how}, and after ${lines.length} such rows (${feed}, lines ${lines.join(', ')}) no more are tried`,
    `Correct the expression in line ${line} of ${place.name} and start a new run: what was read in front of these rows ` +
      'is recognized by its key.',
  );
}
