import { readdir } from 'node:fs/promises';
import { FeedError, unreadable } from '../feedError.js';
import type { Feed } from '../feed.js';
import { checkJournal } from '../mapping/journalFieldReaders.js';
import type { Mapping } from '../mapping/mapping.js';
import { openFeed } from '../openFeed.js';
import type { FeedFormat } from '../openFeed.js';
import { ChangeWait } from './changeWait.js';
import { failingFeed } from './failingFeed.js';
import { markedFiles } from './finishedFiles.js';
import type { MarkedFile } from './finishedFiles.js';
import type { WatchedFeeds, WatchOptions, WatchReading } from './watchOptions.js';

export const doneMarker = '.done';

export interface WatchFolderOptions extends WatchOptions {
  readonly format?: FeedFormat | undefined;
  /** A file `a.csv` is complete when `a.csv` and this is the name of another file. Default `.done`. */
  readonly doneMarker?: string | undefined;
  /** Files that are read first, with or without a marker: an earlier process has begun them. */
  readonly begun?: readonly string[] | undefined;
}

/**
 * Watches a folder in which complete files arrive. Each is read once, when its marker is there: of those that are
 * complete when the watch looks, in the order of their names. A file that cannot be read does not stop the others.
 * @throws {FeedError} if there is no such folder
 */
export async function watchFolder(
  folder: string,
  mapping: Mapping,
  options: WatchFolderOptions = {},
): Promise<WatchedFeeds> {
  await readdir(folder).catch((error: unknown) => {
    throw unreadable(`The folder ${folder}`, error);
  });
  return {
    check: (target) => checkJournal(mapping, target),
    feeds: (reading) => feedsIn(folder, mapping, options, reading),
  };
}

async function* feedsIn(
  folder: string,
  mapping: Mapping,
  { format, doneMarker: suffix = doneMarker, begun = [], ...options }: WatchFolderOptions,
  { signal, tell, leave }: WatchReading,
): AsyncGenerator<Feed> {
  using wait = new ChangeWait(folder, () => true, options);
  const files = new KnownFiles(tell);
  for (const path of begun) {
    files.begun(path);
    yield await openedFeed(path, mapping, format);
  }
  const isEnded = (): boolean => signal.aborted;
  while (!isEnded()) {
    const isLast = wait.isOver();
    let hasCome = false;
    const found = await filesIn(folder, suffix);
    for (const file of found) {
      if (!(await files.isNew(file))) continue;
      hasCome = true;
      yield await openedFeed(file.path, mapping, format);
      wait.came();
      if (isEnded()) return;
    }
    if (isLast && !hasCome && wait.isOver()) {
      if (found.some((file) => files.isUnread(file))) leave();
      return;
    }
    // Others may have been finished meanwhile.
    if (!hasCome) await wait.next(signal);
  }
}

function filesIn(folder: string, suffix: string): Promise<MarkedFile[]> {
  return markedFiles(folder, suffix).catch((error: unknown) => {
    throw unreadable(`The folder ${folder}`, error);
  });
}

async function openedFeed(path: string, mapping: Mapping, format: FeedFormat | undefined): Promise<Feed> {
  try {
    return await openFeed(path, mapping, format);
  } catch (error) {
    if (error instanceof FeedError) return failingFeed(path, error);
    throw error;
  }
}

/** The files that were read, and what was told about each. */
class KnownFiles {
  readonly #versions = new Map<string, string | undefined>();
  readonly #told = new Set<string>();
  readonly #tell: WatchReading['tell'];

  constructor(tell: WatchReading['tell']) {
    this.#tell = tell;
  }

  begun(path: string): void {
    this.#versions.set(path, undefined);
  }

  /** Whether the file is to be read now. */
  async isNew(file: MarkedFile): Promise<boolean> {
    const { path, version } = file;
    if (this.#versions.has(path)) {
      if (this.#hasChanged(file)) await this.#say('feed-changed', file);
      return false;
    }
    if (file.isNewer) {
      await this.#say('marker-too-early', file);
      return false;
    }
    this.#versions.set(path, version);
    return true;
  }

  /** Whether it was not read as it is now: its marker is older than it, or it was written again. */
  isUnread(file: MarkedFile): boolean {
    return this.#versions.has(file.path) ? this.#hasChanged(file) : file.isNewer;
  }

  #hasChanged({ path, version }: MarkedFile): boolean {
    const known = this.#versions.get(path);
    return known !== undefined && known !== version;
  }

  async #say(code: keyof typeof sentences, { path }: MarkedFile): Promise<void> {
    if (this.#told.has(`${code} ${path}`)) return;
    this.#told.add(`${code} ${path}`);
    await this.#tell({ code, message: `${path} ${sentences[code]}` });
  }
}

const sentences = {
  'feed-changed':
    'was written again after this run had read it. It is not read again: give a corrected file another name, or start ' +
    'a new run, which recognizes what is known already.',
  'marker-too-early':
    'is newer than its marker, so it may not be complete and was not read. Write the marker when the file is complete.',
} as const;
