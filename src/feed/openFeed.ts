import { stat } from 'node:fs/promises';
import { csvFormat } from './csvFeedFormat.js';
import type { Feed } from './feed.js';
import { FeedError, unreadable } from './feedError.js';
import type { Mapping } from './mapping/mapping.js';
import { ndjsonFormat } from './ndjsonFeedFormat.js';
import { feedOf } from './readFeed.js';
import { fileSource, pipeSource, streamSource } from './bytes/byteSource.js';
import type { ByteSource, ByteStream } from './bytes/byteSource.js';

export type FeedFormat = 'csv' | 'ndjson';

/**
 * Opens the feed at a path. The format follows from the ending: `.csv`, `.ndjson` or `.jsonl`. `-` is the standard
 * input, which is CSV by default. A path that is not a regular file, such as a named pipe, is read as a stream.
 * @throws {FeedError} if there is no such file, or its ending is unknown and no format is given
 */
export async function openFeed(path: string, mapping: Mapping, format?: FeedFormat): Promise<Feed> {
  const source = await sourceOf(path);
  const known = format ?? formatOf(path);
  return known === 'csv' ? feedOf(source, mapping, csvFormat) : feedOf(source, mapping, ndjsonFormat);
}

/** A feed from a CSV file with a header line, or from a stream of such bytes. */
export function csvFeed(source: string | ByteStream, mapping: Mapping): Feed {
  return feedOf(givenSource(source), mapping, csvFormat);
}

/** A feed from a file with one JSON object per line, or from a stream of such bytes. */
export function ndjsonFeed(source: string | ByteStream, mapping: Mapping): Feed {
  return feedOf(givenSource(source), mapping, ndjsonFormat);
}

function givenSource(source: string | ByteStream): ByteSource {
  return typeof source === 'string' ? fileSource(source) : streamSource(() => source);
}

async function sourceOf(path: string): Promise<ByteSource> {
  if (path === '-') return streamSource(() => process.stdin);
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw Object.assign(new Error('A folder.'), { code: 'EISDIR' });
    return found.isFile() ? fileSource(path) : pipeSource(path);
  } catch (error) {
    throw unreadable(`The feed ${path}`, error);
  }
}

function formatOf(path: string): FeedFormat {
  if (path === '-' || /\.csv$/i.test(path)) return 'csv';
  if (/\.(ndjson|jsonl)$/i.test(path)) return 'ndjson';
  throw new FeedError('unknown-format', `The name of the feed ${path} does not tell its format.`, [
    'Give it the ending .csv, .ndjson or .jsonl.',
  ]);
}
