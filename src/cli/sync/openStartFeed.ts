import { Messages } from '@salesforce/core';
import { databaseFeed, isDatabaseAddress, openFeed } from '../../sync/index.js';
import type { DatabaseFeedOptions, Feed, FeedFormat, Mapping } from '../../sync/index.js';
import { usageError } from '../feedFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.start');

/** Flags that say how feeds are read. */
interface ReadingFlags {
  readonly format?: FeedFormat | undefined;
  readonly 'read-all': boolean;
  /** In seconds. */
  readonly wait?: number | undefined;
}

/** @throws {SfError} if a flag is about another kind of feed than those that are named */
export function checkReadingFlags(files: readonly string[], flags: ReadingFlags): void {
  const addresses = files.filter(isDatabaseAddress);
  if (flags['read-all'] && addresses.length === 0) throw usageError(messages.createError('error.readAllOfFiles'));
  if (flags.format !== undefined && addresses.length > 0)
    throw usageError(messages.createError('error.formatOfDatabase'));
}

/** Opens a feed that a run begins with. @throws {FeedError} if it cannot be read */
export function openStartFeed(file: string, mapping: Mapping, flags: ReadingFlags): Promise<Feed> {
  if (!isDatabaseAddress(file)) return openFeed(file, mapping, flags.format);
  return databaseFeed(file, mapping, databaseOptions(flags));
}

/** How a database is read. */
export function databaseOptions({ 'read-all': readAll, wait }: ReadingFlags): DatabaseFeedOptions {
  return { readAll, patience: wait === undefined ? undefined : wait * 1000 };
}
