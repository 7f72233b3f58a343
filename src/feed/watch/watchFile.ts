import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { FeedError, unreadable } from '../feedError.js';
import type { Feed } from '../feed.js';
import { checkJournal } from '../mapping/journalFieldReaders.js';
import type { Mapping } from '../mapping/mapping.js';
import { feedFrom, formatOf } from '../openFeed.js';
import type { FeedFormat } from '../openFeed.js';
import { ChangeWait } from './changeWait.js';
import { generationName } from './generationName.js';
import { GrowingFile } from './growingFile.js';
import type { WatchedFeeds, WatchOptions, WatchReading } from './watchOptions.js';

export interface WatchFileOptions extends WatchOptions {
  readonly format?: FeedFormat | undefined;
}

/**
 * Watches a file to which rows are appended. A row is taken when its line end is there; when the watch ends, the last
 * line is read even without one. When another file takes its place, as a log is rotated, the old one is read to its end
 * and the new one is the next feed.
 * @throws {FeedError} if there is no such file, or if it is not read line by line
 */
export async function watchFile(
  path: string,
  mapping: Mapping,
  { format, ...options }: WatchFileOptions = {},
): Promise<WatchedFeeds> {
  const lines = format ?? formatOf(path);
  if (/\.gz$/i.test(path)) throw notByLines(path, 'is compressed');
  if (lines === 'json') throw notByLines(path, 'is one JSON list');
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(`The feed ${path}`, error);
  });
  if (!found.isFile()) throw notByLines(path, 'is not a regular file');
  return {
    check: (target) => checkJournal(mapping, target),
    feeds: (reading) => feedsAt(path, { mapping, format: lines, options, reading }),
  };
}

interface FileWatch {
  readonly mapping: Mapping;
  readonly format: FeedFormat;
  readonly options: WatchOptions;
  readonly reading: WatchReading;
}

async function* feedsAt(path: string, { mapping, format, options, reading }: FileWatch): AsyncGenerator<Feed> {
  const { signal, tell } = reading;
  using wait = new ChangeWait(dirname(path), (name) => name === basename(path), options);
  for (let generation = 1; await isBegun(path, wait, signal); generation++) {
    const file = new GrowingFile(path, wait, tell);
    const name = generationName(path, generation);
    const live = { clock: wait.clock, isCutOff: () => file.wasCutOff };
    yield { ...feedFrom(file, { path, mapping, format, live }), name };
    if (!file.wasReplaced) return;
    const message =
      `Another file took the place of ${path} while it was watched. The old one was read to its end; the rows of the ` +
      `new one are those of "${generationName(path, generation + 1)}".`;
    await tell({ code: 'feed-replaced', message });
  }
}

/** Waits until the file has something in it. Returns false if the watch ends before. */
async function isBegun(path: string, wait: ChangeWait, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const isLast = wait.isOver();
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && found.size > 0) return true;
    if (isLast) return false;
    await wait.next(signal);
  }
  return false;
}

function notByLines(path: string, what: string): FeedError {
  return new FeedError('unknown-format', `The feed ${path} cannot be watched while it grows: it ${what}.`, [
    'Watch a file of CSV or NDJSON, or a folder in which complete files arrive.',
  ]);
}
