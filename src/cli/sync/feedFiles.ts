import { existsSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Messages } from '@salesforce/core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.start');

/**
 * The files that `--file` names, as absolute paths, each once. A pattern stands for its files in the order of their
 * names: the order of the feeds is the order in the org. `-` is the standard input.
 * @throws {SfError} for a pattern that no file matches
 */
export async function feedFiles(named: readonly string[]): Promise<string[]> {
  const files = await Promise.all(named.map(filesOf));
  return [...new Set(files.flat())];
}

async function filesOf(name: string): Promise<string[]> {
  // A file may have a name that reads like a pattern. One that is missing is told by whoever opens it.
  if (name === '-' || !/[*?[{]/.test(name) || existsSync(name)) return [name === '-' ? name : resolve(name)];
  const found = await Array.fromAsync(glob(name));
  if (found.length === 0) throw messages.createError('error.noFeed', [name]);
  return found.map((file) => resolve(file)).sort();
}
