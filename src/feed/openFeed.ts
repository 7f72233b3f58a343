import { stat } from 'node:fs/promises';
import { databaseFeed } from './database/databaseFeed.js';
import { isDatabaseAddress } from './database/databaseAddress.js';
import { csvFormat } from './csvFeedFormat.js';
import type { Feed } from './feed.js';
import { FeedError, unreadable } from './feedError.js';
import type { Mapping } from './mapping/mapping.js';
import type { LiveFeed } from './groups/groupStage.js';
import { jsonListFormat, ndjsonFormat } from './ndjsonFeedFormat.js';
import { feedOf } from './readFeed.js';
import { fileSource, pipeSource, streamSource } from './bytes/byteSource.js';
import type { ByteSource, ByteStream } from './bytes/byteSource.js';
import { jsonListSource } from './bytes/jsonListSource.js';
import { textSource } from './bytes/textSource.js';

export const fileFormats = ['csv', 'ndjson', 'json'] as const;
export type FeedFormat = (typeof fileFormats)[number];

/**
 * Opens the feed at a path. The format follows from the ending: `.csv`, `.tsv`, `.ndjson` or `.jsonl`, or `.json` for a
 * list of objects, each also with `.gz` after it. `-` is the standard input, which is CSV by default. A path that is not a regular file, such as a named pipe, is read as a stream. The address of a database
 * (`postgres://…`) is a feed, too: see {@link databaseFeed}.
 * @throws {FeedError} if there is no such file, or its ending is unknown and no format is given
 */
export async function openFeed(path: string, mapping: Mapping, format?: FeedFormat): Promise<Feed> {
  if (isDatabaseAddress(path)) return databaseFeed(path, mapping);
  return feedFrom(await sourceOf(path), { path, mapping, format: format ?? formatOf(path) });
}

interface ByteFormat {
  /** Its ending may tell what is between the cells. */
  readonly path: string;
  readonly mapping: Mapping;
  readonly format: FeedFormat;
  /** Given if rows may be appended while the feed is read. */
  readonly live?: LiveFeed | undefined;
}

/** The feed that bytes hold. */
export function feedFrom(bytes: ByteSource, { path, mapping, format, live }: ByteFormat): Feed {
  const source = textSource(bytes, mapping.encoding);
  switch (format) {
    case 'csv':
      return feedOf(source, withTabs(path, mapping), csvFormat, live);
    case 'ndjson':
      return feedOf(source, mapping, ndjsonFormat, live);
    case 'json':
      return feedOf(jsonListSource(source), mapping, jsonListFormat);
  }
}

/** The ending `.tsv` says that tabs are between the cells. */
function withTabs(path: string, mapping: Mapping): Mapping {
  return /\.tsv(\.gz)?$/i.test(path) ? { ...mapping, delimiter: mapping.delimiter ?? '\t' } : mapping;
}

/** Bytes that are kept somewhere else than in a file of this machine. */
export interface FeedInBytes {
  /** How the feed is called. */
  readonly name: string;
  /** Its path where it was a file, which tells the format if none is given. */
  readonly path: string;
  readonly mapping: Mapping;
  readonly format?: FeedFormat | undefined;
  /** Opens the bytes from the first one on. */
  readonly open: () => ByteStream;
}

/** The feed of such bytes. @throws {FeedError} if nothing tells the format */
export function feedFromBytes({ name, path, mapping, format, open }: FeedInBytes): Feed {
  return feedFrom(streamSource(open, name), { path, mapping, format: format ?? formatOf(path) });
}

/** A feed from a CSV file with a header line, or from a stream of such bytes. */
export function csvFeed(source: string | ByteStream, mapping: Mapping): Feed {
  return feedOf(givenSource(source, mapping), mapping, csvFormat);
}

/** A feed from a file with one JSON object per line, or from a stream of such bytes. */
export function ndjsonFeed(source: string | ByteStream, mapping: Mapping): Feed {
  return feedOf(givenSource(source, mapping), mapping, ndjsonFormat);
}

function givenSource(source: string | ByteStream, { encoding }: Mapping): ByteSource {
  return textSource(typeof source === 'string' ? fileSource(source) : streamSource(() => source), encoding);
}

export async function sourceOf(path: string): Promise<ByteSource> {
  if (path === '-') return streamSource(() => process.stdin);
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw Object.assign(new Error('A folder.'), { code: 'EISDIR' });
    return found.isFile() ? fileSource(path) : pipeSource(path);
  } catch (error) {
    throw unreadable(`The feed ${path}`, error);
  }
}

/** @throws {FeedError} if the name does not tell the format */
export function formatOf(path: string): FeedFormat {
  const name = path.replace(/\.gz$/i, '');
  if (path === '-' || /\.(csv|tsv)$/i.test(name)) return 'csv';
  if (/\.(ndjson|jsonl)$/i.test(name)) return 'ndjson';
  if (/\.json$/i.test(name)) return 'json';
  throw new FeedError('unknown-format', `The name of the feed ${path} does not tell its format.`, [
    'Name the format with --format, or give the file the ending .csv, .tsv, .ndjson, .jsonl or .json.',
  ]);
}
