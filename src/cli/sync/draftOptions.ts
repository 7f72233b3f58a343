import { basename } from 'node:path';
import { Messages } from '@salesforce/core';
import { isTimeZone } from '../../base/dateReader.js';
import { usageError } from '../feedFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.map');

/** @throws {SfError} if there is no such zone */
export function checkedZone(zone: string | undefined): string | undefined {
  if (zone === undefined || isTimeZone(zone)) return zone;
  throw usageError(messages.createError('error.zone', [zone]));
}

/** Returns the name of a file as the name of a source: without its extensions, and without what a source may not have. */
export function sourceOfFile(path: string): string {
  const name = basename(path)
    .replace(/\..*$/, '')
    .replaceAll(/[\s:%]+/g, '-');
  return name === '' ? 'feed' : name.slice(0, 80);
}
