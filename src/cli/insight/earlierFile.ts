import { Messages } from '@salesforce/core';
import { fileProblem } from '../../base/files/fileProblem.js';
import { readEarlierNear } from '../../insight/index.js';
import type { EarlierNear } from '../../insight/index.js';
import { usageError } from '../feedFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.export.progress');

/** Reads the files of earlier runs. @throws {SfError} if one cannot be read, or is another kind of file */
export async function readEarlierFiles(paths: readonly string[]): Promise<EarlierNear> {
  const all = await Promise.all(paths.map(readEarlierFile));
  return { has: (row) => all.some((earlier) => earlier.has(row)), size: all.reduce((sum, { size }) => sum + size, 0) };
}

async function readEarlierFile(path: string): Promise<EarlierNear> {
  try {
    return await readEarlierNear(path);
  } catch (error) {
    const reason = fileProblem(error)?.reason ?? (error instanceof Error ? error.message : String(error));
    throw usageError(messages.createError('error.since', [path, reason]));
  }
}
