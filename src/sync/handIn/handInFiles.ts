import { hash } from 'node:crypto';
import { endedGroupsInMemory, openFeed } from '../../feed/index.js';
import type { FeedFormat, JournalTarget, Mapping, Rejection } from '../../feed/index.js';
import { openInbox } from '../../outbox/index.js';
import type { PostgresInbox } from '../../outbox/index.js';
import { RejectCount } from '../rejectLimit.js';
import type { RejectLimit } from '../rejectLimit.js';
import { fileDigest, unchangedParts } from './fileDigest.js';
import type { FileDigest } from './fileDigest.js';
import type { HandInOptions } from './handInOptions.js';
import { handInTarget } from './handInTarget.js';

export interface HandInFilesOptions extends Omit<HandInOptions, 'source'> {
  /** Paths of regular files, in the order in which they are read. */
  readonly files: readonly string[];
  readonly mapping: Mapping;
  /** Where the paths do not tell it. */
  readonly format?: FeedFormat | undefined;
  /** How many rows of all files may be rejected. */
  readonly maxRejects?: RejectLimit | undefined;
  /** Whether files of the same path and source are removed that no worker could read. */
  readonly replacesRefused?: boolean | undefined;
}

/** A file that waits for the one that delivers. */
export interface HandedInFile {
  readonly path: string;
  /** Its number in the outbox: files are read in this order. */
  readonly number: number;
  /** False if the same file with the same mapping waits already. It waits once. */
  readonly isNew: boolean;
  /** Numbers of the files that no worker could read, and that it has replaced. */
  readonly replaced: readonly number[];
  readonly bytes: number;
  readonly rows: number;
  /** Rows that cannot become transactions. The one that delivers stores them as such. */
  readonly rejected: number;
  readonly firstRejection: Rejection | undefined;
}

/**
 * Hands in whole files for a shared outbox, and delivers nothing. Each is read first, so that a file that cannot be read
 * as a whole is not stored. A file is stored with all of its bytes or not at all; handing it in again changes nothing.
 * Whoever delivers reads it like a feed of its own, and removes it from the database then.
 * @throws {FeedError} if a file cannot be read, or the mapping does not fit the org
 * @throws {TooManyRejectsError} if more rows are bad than `maxRejects` allows; nothing is stored
 * @throws {OutboxDatabaseError} if the database cannot be used
 * @throws {UnknownProgramError} if the org has no such program
 * @throws {OtherOwnerError} if the outbox belongs to another org or program
 */
export async function handInFiles(options: HandInFilesOptions): Promise<readonly HandedInFile[]> {
  const { files, mapping, outbox, maxRejects, signal } = options;
  await using inbox = await openInbox(outbox);
  const { target } = await handInTarget(inbox, { ...options, source: mapping.source });
  const all = new RejectCount(maxRejects);
  const checked: CheckedFile[] = [];
  for (const path of files) checked.push(await checkFile(path, { options, target, all }));
  all.end();
  const handedIn: HandedInFile[] = [];
  for (const each of checked) {
    signal?.throwIfAborted();
    handedIn.push(await store(inbox, each, options));
  }
  return handedIn;
}

interface CheckedFile extends FileDigest {
  readonly path: string;
  readonly count: RejectCount;
}

interface Checking {
  readonly options: HandInFilesOptions;
  readonly target: JournalTarget;
  /** Counts the rows of all files. */
  readonly all: RejectCount;
}

/** Reads a file to its end, and stores nothing. */
async function checkFile(path: string, { options, target, all }: Checking): Promise<CheckedFile> {
  const { mapping, format, signal } = options;
  const digest = await fileDigest(path, signal);
  const feed = await openFeed(path, mapping, format);
  feed.check?.(target);
  const count = new RejectCount(undefined);
  for await (const { entries } of feed.read({ endedGroups: endedGroupsInMemory(), target, signal })) {
    count.see(entries);
    all.see(entries);
  }
  signal?.throwIfAborted();
  return { path, count, ...digest };
}

async function store(
  inbox: PostgresInbox,
  { path, count, bytes, sha256 }: CheckedFile,
  { mapping, format, signal, replacesRefused }: HandInFilesOptions,
): Promise<HandedInFile> {
  const { source, text } = mapping;
  const digest = hash('sha256', JSON.stringify([path, source, text, format ?? null, sha256]));
  const added = await inbox.feeds.add(
    { name: path, source, mapping: text, format, bytes, digest },
    () => unchangedParts(path, { bytes, sha256 }, signal),
    replacesRefused,
  );
  const { rows, rejected, first } = count;
  return { path, ...added, bytes, rows, rejected, firstRejection: first };
}
