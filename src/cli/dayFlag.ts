import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { dayReader } from '../base/dateReader.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** A day as `yyyy-MM-dd`. */
export const dayFlag = Flags.custom({ parse: async (input) => parseDay(input) });

/** @throws {SfError} for what is not a calendar day */
function parseDay(input: string): string {
  const reading = dayReader()(input.trim());
  if ('day' in reading && reading.day === input.trim()) return reading.day;
  throw messages.createError('error.day', [input]);
}
