import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.watch');

/** The flags of `sync start` that watch. */
export const watchFlags = {
  watch: Flags.boolean({
    summary: messages.getMessage('flags.watch.summary'),
    description: messages.getMessage('flags.watch.description'),
    exclusive: ['dry-run', 'limit', 'max-rejects'],
  }),
  'done-marker': Flags.string({
    summary: messages.getMessage('flags.done-marker.summary'),
    description: messages.getMessage('flags.done-marker.description'),
    dependsOn: ['watch'],
  }),
  'watch-until-idle': Flags.integer({
    summary: messages.getMessage('flags.watch-until-idle.summary'),
    description: messages.getMessage('flags.watch-until-idle.description'),
    min: 1,
    dependsOn: ['watch'],
  }),
};
