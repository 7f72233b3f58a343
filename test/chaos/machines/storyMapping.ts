import { join } from 'node:path';
import { loadMapping } from '../../../src/sync/index.js';
import type { Mapping } from '../../../src/sync/index.js';

/** Returns the mapping of the generated feed. */
export function storyMapping(): Promise<Mapping> {
  return loadMapping(join(import.meta.dirname, '../../../examples/harbour-feed.yml'));
}
