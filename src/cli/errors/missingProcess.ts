import { Messages } from '@salesforce/core';
import type { SfError } from '@salesforce/core';
import type { LoyaltyClient } from '../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

type ProcessType = NonNullable<Parameters<LoyaltyClient['processes']['list']>[1]>;

/**
 * After a process could not be run: the error that lists the active processes of its type, if none of them has that
 * name. Asked only then, so that a user who may run processes but not read them can use the commands.
 */
export async function missingProcess(
  client: LoyaltyClient,
  program: string,
  { type, name }: { type: ProcessType; name: string },
): Promise<SfError | undefined> {
  const processes = await client.processes.list(program, type);
  const active = processes.filter(({ Status }) => Status === 'Active').map(({ Name }) => Name);
  if (active.some((each) => each.toLowerCase() === name.toLowerCase())) return undefined;
  const names = active.map((each) => `"${each}"`).join(', ') || messages.getMessage('info.none');
  return messages.createError('error.unknownProcess', [program, type, name, names]);
}
