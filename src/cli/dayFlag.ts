import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** A flag for a calendar day, as `yyyy-MM-dd`. */
export const calendarDayFlag = Flags.custom({ parse: async (input) => calendarDay(input) });

/** @throws {SfError} */
function calendarDay(input: string): string {
  const day = new Date(`${input}T00:00:00Z`);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(input) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(input);
  if (!isDay) throw messages.createError('error.notADay', [input]);
  return input;
}
