import { Messages } from '@salesforce/core';
import { fileProblem } from '../../base/files/fileProblem.js';
import { readEarlierNear } from '../../insight/index.js';
import type { EarlierNear } from '../../insight/index.js';
import { usageError } from '../feedFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.export.progress');

/** Reads the file of an earlier run. @throws {SfError} if it cannot be read, or is another kind of file */
export async function readEarlierFile(path: string): Promise<EarlierNear> {
  try {
    return await readEarlierNear(path);
  } catch (error) {
    const reason = fileProblem(error)?.reason ?? (error instanceof Error ? error.message : String(error));
    throw usageError(messages.createError('error.since', [path, reason]));
  }
}
