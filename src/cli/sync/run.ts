import { Messages } from '@salesforce/core';
import type { Outbox, Run } from '../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** The run with that id, or the latest. @throws SfError when the outbox has none */
export async function findRun(outbox: Outbox, id: string | undefined): Promise<Run> {
  const run = await outbox.runs.find(id);
  if (run) return run;
  if (id === undefined) throw messages.createError('error.noRun', [outbox.name]);
  throw messages.createError('error.unknownRun', [outbox.name, id]);
}
