import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Messages } from '@salesforce/core';
import {
  doneMarker,
  generationName,
  generationOf,
  isDatabaseAddress,
  isFeedPosition,
  watchDatabase,
  watchFile,
  watchFolder,
} from '../../sync/index.js';
import { counted } from '../../base/text/counted.js';
import type { EarlierReadings, FeedFormat, Mapping, Outbox, Run, WatchedFeeds } from '../../sync/index.js';
import { databaseOptions } from './openStartFeed.js';
import type { WatchSettings } from './runSettings.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.watch');

interface WatchFlags {
  readonly format?: FeedFormat | undefined;
  readonly 'read-all': boolean;
  readonly wait?: number | undefined;
  readonly 'done-marker'?: string | undefined;
  /** In seconds. */
  readonly 'watch-until-idle'?: number | undefined;
}

/** What a command watches. */
export interface WatchedPath {
  readonly watched: WatchedFeeds;
  /** Stored with the run. */
  readonly settings: WatchSettings;
  /** What is watched, and how the watch ends. */
  readonly sentence: string;
  /** Ends the watch. */
  readonly until: AbortSignal;
}

/**
 * Opens the one file, folder or database that is to be watched.
 * @param until ends the watch
 * @throws {SfError} for standard input, several files, and a marker where there is no folder
 */
export async function watchedPath(
  files: readonly string[],
  mapping: Mapping,
  flags: WatchFlags,
  until: AbortSignal,
): Promise<WatchedPath> {
  const [path = '', ...others] = files;
  if (others.length > 0) throw messages.createError('error.severalFeeds', [counted(files.length, 'file')]);
  if (path === '-') throw messages.createError('error.standardInput');
  const { format, 'done-marker': marker, 'watch-until-idle': idle } = flags;
  const options = { format, until, untilIdle: idle === undefined ? undefined : idle * 1000 };
  const settings = { untilIdle: idle };
  if (!(await isFolder(path))) {
    if (marker !== undefined) throw messages.createError('error.markerOfFile', [path]);
    if (isDatabaseAddress(path)) {
      const watched = await watchDatabase(path, mapping, { ...options, ...databaseOptions(flags) });
      return { watched, settings, until, sentence: messages.getMessage('info.database', [path]) };
    }
    const watched = await watchFile(path, mapping, options);
    return { watched, settings, until, sentence: messages.getMessage('info.file', [path]) };
  }
  const suffix = marker ?? doneMarker;
  if (suffix === '' || basename(suffix) !== suffix) throw messages.createError('error.marker', [suffix]);
  const watched = await watchFolder(path, mapping, { ...options, doneMarker: suffix });
  const sentence = messages.getMessage('info.folder', [path, `till.csv${suffix}`]);
  return { watched, settings: { ...settings, doneMarker: suffix }, until, sentence };
}

interface WatchedRun {
  readonly run: Run;
  readonly outbox: Outbox;
  readonly format: FeedFormat | undefined;
  readonly mapping: Mapping;
}

/**
 * What a resumed run still has to read of the folder that it watched: files that it has begun, those that are complete
 * by now, and those that were written again. It does not watch on.
 */
export async function restOfFolder(
  path: string,
  suffix: string,
  { run, outbox, format, mapping }: WatchedRun,
): Promise<WatchedFeeds> {
  const earlier = await earlierReadings(run, outbox);
  return watchFolder(path, mapping, { format, doneMarker: suffix, earlier, until: AbortSignal.abort() });
}

async function earlierReadings(run: Run, outbox: Outbox): Promise<EarlierReadings> {
  const begun: string[] = [];
  for (const name of await outbox.intake.unread(run.id)) {
    const { path } = generationOf(name);
    // If the file was written again and read, what it was before is of no interest.
    if ((await latestOf(path, run, outbox)) <= generationOf(name).generation) begun.push(name);
  }
  return {
    begun,
    latest: async (path) => {
      const generation = await latestOf(path, run, outbox);
      const progress = await outbox.intake.progress(run.id, generationName(path, generation));
      if (progress?.complete !== true) return undefined;
      const { position } = progress;
      return { generation, position: isFeedPosition(position) ? position : undefined };
    },
  };
}

/** Name of the latest feed of a watched file, whose place others may have taken since the run began. */
export async function latestGeneration(path: string, run: Run, outbox: Outbox): Promise<string> {
  return generationName(path, await latestOf(path, run, outbox));
}

async function latestOf(path: string, run: Run, outbox: Outbox): Promise<number> {
  let generation = 1;
  while (await outbox.intake.progress(run.id, generationName(path, generation + 1))) generation += 1;
  return generation;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
