import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { channelFlag } from './channelFlag.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.member');

/** What is the same for everyone who is enrolled, people and companies. */
export const newMemberFlags = {
  status: Flags.string({ summary: messages.getMessage('flags.status.summary'), default: 'Active' }),
  channel: channelFlag,
  'enrollment-date': Flags.string({
    summary: messages.getMessage('flags.enrollment-date.summary'),
    description: messages.getMessage('flags.enrollment-date.description'),
  }),
  journals: Flags.boolean({ summary: messages.getMessage('flags.journals.summary') }),
  concurrency: Flags.integer({
    summary: messages.getMessage('flags.concurrency.summary'),
    default: 4,
    min: 1,
    max: 25,
  }),
};
