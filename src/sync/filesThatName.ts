import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mentionOf } from '../base/text/mention.js';

/** Files that are listed; the rest is only counted. */
const mostListed = 100;

/** Results files that name a member. */
export interface NamingFiles {
  readonly files: readonly string[];
  /** How many more there are. */
  readonly leftOut: number;
}

/**
 * Searches results files for a membership number, as spreadsheets and people find it: capitals make no difference.
 * @param folders searched with what is in them; one that is gone has no files
 */
export async function filesThatName(member: string, folders: readonly string[]): Promise<NamingFiles> {
  // As in the cells of a CSV file.
  const mention = mentionOf(member.replaceAll('"', '""'));
  const naming: string[] = [];
  for (const file of new Set((await Promise.all(folders.map(resultsFilesIn))).flat().toSorted())) {
    if (await names(file, mention)) naming.push(file);
  }
  return { files: naming.slice(0, mostListed), leftOut: Math.max(0, naming.length - mostListed) };
}

async function resultsFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && /\.(csv|jsonl|md)$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** Includes files that cannot be read, because they may name the member too. */
async function names(file: string, mention: RegExp): Promise<boolean> {
  const bytes = createReadStream(file);
  const lines = createInterface({ input: bytes, crlfDelay: Infinity });
  try {
    for await (const line of lines) if (mention.test(line)) return true;
    return false;
  } catch {
    return true;
  } finally {
    lines.close();
    bytes.destroy();
  }
}
