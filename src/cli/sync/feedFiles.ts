import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { isDatabaseAddress, parseDatabaseAddress } from '../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.start');

/**
 * Returns the files that `--file` names, as absolute paths, each once. A pattern is replaced by its files, sorted by
 * name, because the order of the feeds is the order in the org. `-` is standard input, and the address of a database
 * stays as it is.
 * @throws {SfError} for a pattern that no file matches
 * @throws {FeedError} for an address that cannot be read, or has a password
 */
export async function feedFiles(named: readonly string[]): Promise<string[]> {
  const files = await Promise.all(named.map(filesOf));
  return [...new Set(files.flat())];
}

async function filesOf(name: string): Promise<string[]> {
  if (isDatabaseAddress(name)) {
    // Nothing is printed or stored of an address with a password.
    parseDatabaseAddress(name);
    return [name];
  }
  // A file name can look like a pattern. A missing file is reported when it is opened.
  if (name === '-' || !/[*?[{]/.test(name) || existsSync(name)) return [name === '-' ? name : resolve(name)];
  const found = await Array.fromAsync(glob(name));
  if (found.length === 0) throw messages.createError('error.noFeed', [name]);
  return found.map((file) => resolve(file)).sort();
}
