import { once } from 'node:events';
import { message, start } from '../processes.js';
import { harbourMapping } from './feedFiles.js';
import type { FeedFile } from './feedFiles.js';
import type { SyncResult, SyncTask } from './oneSync.js';

type Options = Omit<SyncTask, 'file' | 'mapping' | 'url'>;

/**
 * Syncs a feed of the example program in a process of its own.
 * @throws {Error} if not all rows are done
 */
export async function runSync(
  url: string,
  feed: FeedFile,
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
