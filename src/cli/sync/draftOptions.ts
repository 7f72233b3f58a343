import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Messages } from '@salesforce/core';
import { isTimeZone } from '../../base/dateReader.js';
import { isDatabaseAddress } from '../../sync/index.js';
import { usageError } from '../feedFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.map');

/** @throws {SfError} if there is no such zone */
export function checkedZone(zone: string | undefined): string | undefined {
  if (zone === undefined || isTimeZone(zone)) return zone;
  throw usageError(messages.createError('error.zone', [zone]));
}

/** @throws {Error} if there is no such file. The address of a database is not checked. */
export function checkedFeed(name: string): string {
  if (isDatabaseAddress(name) || existsSync(name)) return name;
  throw new Error(`No file found at ${name}`);
}

/** Returns the name of a file as the name of a source: without its extensions, and without what a source may not have. */
export function sourceOfFile(path: string): string {
  const name = basename(path)
    .replace(/\..*$/, '')
    .replaceAll(/[\s:%]+/g, '-');
  return name === '' ? 'feed' : name.slice(0, 80);
}
