import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** Takes percentages: `50,80,100`, with or without signs. */
export const percentagesFlag = Flags.custom<readonly number[]>({ parse: async (input) => percentagesOf(input) });

/** @throws {SfError} for anything but whole numbers from 1 to 100 */
function percentagesOf(input: string): number[] {
  const numbers = input.split(',').map((each) => Number(/^\s*(\d{1,3})\s*%?\s*$/.exec(each)?.[1]));
  if (!numbers.every((each) => each >= 1 && each <= 100)) throw messages.createError('error.percentages', [input]);
  return numbers;
}
