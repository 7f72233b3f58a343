import { Messages } from '@salesforce/core';
import { openOutbox } from '../../sync/index.js';
import type { Outbox } from '../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync');

/**
 * Opens the outbox of a run, and creates it if it does not exist. Says so if no run has used it before: its path may be
 * mistyped.
 */
export async function openRunOutbox(
  command: { logToStderr(line: string): void },
  place: string,
  { keepPayloads }: { readonly keepPayloads: boolean },
): Promise<Outbox> {
  const outbox = await openOutbox(place, { keepPayloads });
  if (!(await outbox.runs.find())) command.logToStderr(messages.getMessage('info.newOutbox', [outbox.name]));
  return outbox;
}
