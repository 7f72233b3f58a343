import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { csvFeedOf } from './csvFeed.js';
import type { Feed } from './feed.js';
import { FeedError, unreadable } from './feedError.js';
import type { Mapping } from './mapping/mapping.js';
import { ndjsonFeedOf } from './ndjsonFeed.js';
import { fileSource, streamSource } from './bytes/byteSource.js';
import type { ByteSource } from './bytes/byteSource.js';

export type FeedFormat = 'csv' | 'ndjson';

/**
 * The feed at a path, by the ending of its name: `.csv`, `.ndjson` or `.jsonl`. `-` is the standard input, CSV unless
 * told. What is no regular file, such as a named pipe, is a stream.
 * @throws {FeedError} if there is no such file, or its ending says nothing and no format is given
 */
export async function openFeed(path: string, mapping: Mapping, format?: FeedFormat): Promise<Feed> {
  const source = await sourceOf(path);
  const known = format ?? formatOf(path);
  return known === 'csv' ? csvFeedOf(source, mapping) : ndjsonFeedOf(source, mapping);
}

async function sourceOf(path: string): Promise<ByteSource> {
  if (path === '-') return streamSource(() => process.stdin);
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw Object.assign(new Error('A folder.'), { code: 'EISDIR' });
    return found.isFile() ? fileSource(path) : streamSource(() => createReadStream(path), path);
  } catch (error) {
    throw unreadable(`The feed ${path}`, error);
  }
}

function formatOf(path: string): FeedFormat {
  if (path === '-' || /\.csv$/i.test(path)) return 'csv';
  if (/\.(ndjson|jsonl)$/i.test(path)) return 'ndjson';
  throw new FeedError('unknown-format', `The name of the feed ${path} does not say what it is.`, [
    'Give it the ending .csv, .ndjson or .jsonl.',
  ]);
}
