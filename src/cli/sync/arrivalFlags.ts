import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { filledText } from '../commonFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.serve');

/**
 * Returns the flags of the commands that take transactions as they come.
 * @param map what the command needs a mapping for
 */
export function arrivalFlags(map: { readonly summary: string; readonly description: string }) {
  return {
    source: filledText({
      summary: messages.getMessage('flags.source.summary'),
      description: messages.getMessage('flags.source.description'),
      atLeastOne: ['source', 'map'],
    }),
    map: Flags.file({ char: 'm', exists: true, ...map }),
    'empty-outbox': Flags.option({
      options: ['auto', 'lookup', 'wait', 'trust'] as const,
      default: 'auto' as const,
      summary: messages.getMessage('flags.empty-outbox.summary'),
      description: messages.getMessage('flags.empty-outbox.description'),
    })(),
    'flush-after': Flags.integer({
      summary: messages.getMessage('flags.flush-after.summary'),
      description: messages.getMessage('flags.flush-after.description'),
      default: 50,
      min: 0,
    }),
  };
}
