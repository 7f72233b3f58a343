import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** Takes a share: `0.05` or `5%`. The value is a number from 0 to 1. */
export const shareFlag = Flags.custom<number>({ parse: async (input) => shareOf(input) });

/** @throws {SfError} */
function shareOf(input: string): number {
  const [, digits, percent] = /^(\d{1,3}(?:\.\d{1,6})?)(%?)$/.exec(input.trim()) ?? [];
  const share = Number(digits) / (percent === '%' ? 100 : 1);
  if (!(share <= 1)) throw messages.createError('error.share', [input]);
  return share;
}
