import { resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { fileProblem } from '../../base/files/fileProblem.js';
import { readOrgDay } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { NearMemory } from '../../insight/index.js';
import { usageError } from '../feedFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.export.progress');

/**
 * Reads who was near at the last run.
 * @param output file that the rows go to
 * @throws {SfError} if the file cannot be read, is another kind of file, or is the output
 */
export async function readNearMemory(
  client: LoyaltyClient,
  path: string,
  output: string | undefined,
): Promise<NearMemory> {
  if (output !== undefined && resolve(path) === resolve(output))
    throw usageError(messages.createError('error.sameFile'));
  const today = await readOrgDay(client);
  try {
    return await NearMemory.read(path, today);
  } catch (error) {
    const reason = fileProblem(error)?.reason ?? (error instanceof Error ? error.message : String(error));
    throw usageError(messages.createError('error.since', [path, reason]));
  }
}
