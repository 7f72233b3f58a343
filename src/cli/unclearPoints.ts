import { Messages } from '@salesforce/core';
import type { OnceOutcome } from './keyedOutcome.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** Says what an unclear outcome means for points. Any other outcome stays as it is. */
export function withPointsWords<T extends OnceOutcome>(outcome: T): T {
  if (outcome.status !== 'unclear') return outcome;
  return { ...outcome, error: { code: 'UNCLEAR', message: messages.getMessage('info.unclearPoints') } };
}
