import { Messages } from '@salesforce/core';
import type { SfError } from '@salesforce/core';
import { namesText } from '../../base/text/namesText.js';
import { isPassing } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { requireActive } from './inactiveProgram.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

type ProcessType = NonNullable<Parameters<LoyaltyClient['processes']['list']>[1]>;

/**
 * Returns the error that lists the active processes of this type, or says that there are none, if no active process has
 * the given name. Called only after a process has failed, so that a user who can run processes but not read them can use
 * the commands.
 *
 * @throws {InactiveProgramError} if that is why
 */
export async function missingProcess(
  client: LoyaltyClient,
  program: string,
  { type, name }: { type: ProcessType; name: string },
): Promise<SfError | undefined> {
  await requireActive(client, program);
  const processes = await client.processes.list(program, type);
  const active = processes.filter(({ Status }) => Status === 'Active').map(({ Name }) => Name);
  if (active.some((each) => each.toLowerCase() === name.toLowerCase())) return undefined;
  if (active.length === 0) {
    const idle = namesText(processes.map(({ Name }) => Name)) || messages.getMessage('info.none');
    return messages.createError('error.noProcess', [program, type, idle]);
  }
  const names = namesText(active);
  return messages.createError('error.unknownProcess', [program, type, name, names]);
}

/**
 * Waits for a call of a process. If it fails, and no process has the given name, that is the error.
 *
 * @param wanted `instead`: flag with which the command needs no process
 * @throws {SfError} that lists the active processes of this type
 */
export function orMissingProcess<T>(
  client: LoyaltyClient,
  program: string,
  wanted: { type: ProcessType; name: string; instead?: string },
  called: Promise<T>,
): Promise<T> {
  return called.catch(async (error: unknown) => {
    if (isPassing(error)) throw error;
    const missing = await missingProcess(client, program, wanted);
    if (missing && wanted.instead !== undefined)
      missing.actions = [...(missing.actions ?? []), messages.getMessage('info.withoutProcess', [wanted.instead])];
    throw missing ?? error;
  });
}
