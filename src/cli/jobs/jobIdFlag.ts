import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.jobs');

/** A flag for the Id of a batch job. An org would answer to any other text with its query. */
export const jobIdFlag = Flags.custom({ parse: async (input) => jobId(input) });

/** @throws {SfError} */
function jobId(input: string): string {
  if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(input)) throw messages.createError('error.jobId', [input]);
  return input;
}
