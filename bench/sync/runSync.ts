import { once } from 'node:events';
import { message, start } from '../processes.js';
import { harbourMapping } from './feedFiles.js';
import type { FeedFile } from './feedFiles.js';
import type { SyncResult, SyncTask } from './oneSync.js';

type Options = Partial<Omit<SyncTask, 'file' | 'url'>>;

/**
 * Syncs a feed in a process of its own: one of the example program, unless the options say otherwise.
 * @throws {Error} if not all rows are done
 */
export async function runSync(
  url: string,
  feed: Pick<FeedFile, 'path' | 'rows'>,
  options: Options = {},
  nodeOptions: readonly string[] = [],
): Promise<SyncResult> {
  const task: SyncTask = { url, file: feed.path, mapping: harbourMapping, ...options };
  const child = start('sync/oneSync.ts', [JSON.stringify(task)], nodeOptions);
  // A profile is written when the process ends.
  const ended = once(child, 'exit');
  const result = await message<SyncResult>(child);
  await ended;
  if (result.problem !== undefined || result.done !== feed.rows) {
    throw new Error(`Of ${feed.rows} rows, ${result.done} are done: ${result.problem ?? 'the others are missing'}`);
  }
  return result;
}
