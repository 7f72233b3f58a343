import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Messages } from '@salesforce/core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.start');

/**
 * Returns the files that `--file` names, as absolute paths, each once. A pattern is replaced by its files, sorted by
 * name, because the order of the feeds is the order in the org. `-` is standard input.
 * @throws {SfError} for a pattern that no file matches
 */
export async function feedFiles(named: readonly string[]): Promise<string[]> {
  const files = await Promise.all(named.map(filesOf));
  return [...new Set(files.flat())];
}

async function filesOf(name: string): Promise<string[]> {
  // A file name can look like a pattern. A missing file is reported when it is opened.
  if (name === '-' || !/[*?[{]/.test(name) || existsSync(name)) return [name === '-' ? name : resolve(name)];
  const found = await Array.fromAsync(glob(name));
  if (found.length === 0) throw messages.createError('error.noFeed', [name]);
  return found.map((file) => resolve(file)).sort();
}
