import { readdir } from 'node:fs/promises';
import type { Feed } from '../feed.js';
import { FeedError, unreadable } from '../feedError.js';
import { checkJournal } from '../mapping/journalFieldReaders.js';
import type { Mapping } from '../mapping/mapping.js';
import { openFeed } from '../openFeed.js';
import type { FeedFormat } from '../openFeed.js';
import { ChangeWait } from './changeWait.js';
import { isUnchanged } from './earlierReadings.js';
import type { EarlierReadings } from './earlierReadings.js';
import { failingFeed } from './failingFeed.js';
import { folderContent, markedFile } from './folderFiles.js';
import type { FolderContent, FolderFile } from './folderFiles.js';
import { generationOf } from './generationName.js';
import { KnownFiles } from './knownFiles.js';
import type { EarlierFile, ToRead } from './knownFiles.js';
import { aloneNote, ForgottenFiles, unreadNotes } from './unreadFiles.js';
import type { UnreadFile } from './unreadFiles.js';
import type { WatchedFeeds, WatchOptions, WatchReading } from './watchOptions.js';

export const doneMarker = '.done';

export interface WatchFolderOptions extends WatchOptions {
  readonly format?: FeedFormat | undefined;
  /** A file `a.csv` is complete when `a.csv` and this is the name of another file. Default `.done`. */
  readonly doneMarker?: string | undefined;
  /** What earlier processes of the same run have read. Default: nothing. */
  readonly earlier?: EarlierReadings | undefined;
}

/**
 * Watches a folder in which complete files arrive. Each is read when its marker is there, and again when both are
 * written again: of those that are complete when the watch looks, in the order of their names. A file that cannot be
 * read does not stop the others.
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
    feeds: (reading) => new FolderWatch(folder, mapping, options, reading).feeds(),
  };
}

/** One reading of a watched folder. */
class FolderWatch {
  readonly #folder: string;
  readonly #mapping: Mapping;
  readonly #options: WatchFolderOptions;
  readonly #suffix: string;
  readonly #reading: WatchReading;
  readonly #files = new KnownFiles((path) => this.#earlier(path));
  readonly #forgotten = new ForgottenFiles();

  constructor(folder: string, mapping: Mapping, options: WatchFolderOptions, reading: WatchReading) {
    this.#folder = folder;
    this.#mapping = mapping;
    this.#options = options;
    this.#suffix = options.doneMarker ?? doneMarker;
    this.#reading = reading;
  }

  async *feeds(): AsyncGenerator<Feed> {
    const isEnded = (): boolean => this.#reading.signal.aborted;
    using wait = new ChangeWait(this.#folder, () => true, this.#options);
    yield* this.#begun();
    while (!isEnded()) {
      const isLast = wait.isOver();
      let hasCome = false;
      const unread: UnreadFile[] = [];
      const { files, absent } = await this.#content();
      for (const file of files) {
        const state = await this.#files.stateOf(file);
        if (state === 'read') continue;
        if (typeof state === 'string') {
          unread.push({ file, why: state });
          continue;
        }
        hasCome = true;
        // Reading the files before it may have taken long.
        if (!(await this.#isStill(file))) continue;
        yield await this.#take(file, state);
        wait.came();
        if (isEnded()) return;
      }
      if (isLast && !hasCome && wait.isOver()) {
        await this.#end(unread, absent);
        return;
      }
      await this.#remind(unread, wait.clock.monotonic());
      // Others may have been finished meanwhile.
      if (!hasCome) await wait.next(this.#reading.signal);
    }
  }

  /** Whether a file is as it was when it was looked at. If not, it is looked at again. */
  async #isStill({ path, version, marker }: FolderFile): Promise<boolean> {
    const now = await markedFile(path, this.#suffix);
    return now?.version === version && now.marker?.version === marker?.version;
  }

  /** Yields what an earlier process has begun. */
  async *#begun(): AsyncGenerator<Feed> {
    const names = this.#options.earlier?.begun ?? [];
    if (names.length === 0) return;
    const { files } = await this.#content();
    for (const name of names) {
      // A file may really have such a name.
      const { path, generation } = files.some((file) => file.path === name)
        ? { path: name, generation: 1 }
        : generationOf(name);
      const file = files.find((each) => each.path === path);
      if (file) this.#files.take(file, { name, generation });
      yield { ...(await this.#open(path)), name };
    }
  }

  async #take(file: FolderFile, toRead: ToRead): Promise<Feed> {
    this.#files.take(file, toRead);
    const { name, generation } = toRead;
    if (generation > 1) {
      const message =
        `${file.path} and its marker were written again after the file had been read, so it is read again. Its rows are ` +
        `now those of "${name}".`;
      await this.#reading.tell({ code: 'feed-replaced', message });
    }
    return { ...(await this.#open(file.path)), name };
  }

  /** Says what was not read, and why. */
  async #end(unread: readonly UnreadFile[], absent: readonly string[]): Promise<void> {
    const alone: string[] = [];
    for (const path of absent) if (!(await this.#files.wasRead(path))) alone.push(path);
    for (const note of unreadNotes(unread, this.#suffix)) await this.#reading.tell(note);
    if (alone.length > 0) await this.#reading.tell(aloneNote(alone, this.#suffix));
    if (unread.length > 0) this.#reading.leave();
  }

  /** Says while the watch goes on which files seem to be forgotten. */
  async #remind(unread: readonly UnreadFile[], now: number): Promise<void> {
    const notes = unreadNotes(this.#forgotten.find(unread, now), this.#suffix);
    for (const note of notes) await this.#reading.tell({ ...note, isPassing: true });
  }

  async #content(): Promise<FolderContent> {
    const place = { folder: this.#folder, suffix: this.#suffix, format: this.#options.format };
    return folderContent(place).catch((error: unknown) => {
      throw unreadable(`The folder ${this.#folder}`, error);
    });
  }

  async #earlier(path: string): Promise<EarlierFile | undefined> {
    const latest = await this.#options.earlier?.latest(path);
    if (!latest) return undefined;
    const { generation, position } = latest;
    return { generation, isSame: await isUnchanged(await this.#open(path), position, this.#reading.signal) };
  }

  async #open(path: string): Promise<Feed> {
    try {
      return await openFeed(path, this.#mapping, this.#options.format);
    } catch (error) {
      if (error instanceof FeedError) return failingFeed(path, error);
      throw error;
    }
  }
}
