import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { EnrollmentChannel, enrollmentChannels } from '../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.member');

export const channelFlag = Flags.custom({
  summary: messages.getMessage('flags.channel.summary'),
  parse: async (input) => channelOf(input),
})();

/** Parses the channel in any case, as the org does. @throws {SfError} that lists the channels */
function channelOf(input: string): string {
  const { data } = EnrollmentChannel.safeParse(input);
  if (data === undefined) throw messages.createError('error.channel', [input, enrollmentChannels.join(', ')]);
  return data;
}
