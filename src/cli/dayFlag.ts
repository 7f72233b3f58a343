import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { isLocalDateTime } from '../base/localDateTime.js';
import { exitCodes } from './errors/exitCodes.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** A flag for a date or date-time, which the org reads as its own local time. The text stays as it is. */
export const localTimeFlag = Flags.custom({ parse: async (input) => localTime(input) });

/** A flag for a calendar day, as `yyyy-MM-dd`. */
export const calendarDayFlag = Flags.custom({ parse: async (input) => calendarDay(input) });

/**
 * Checks the two days of a period, both of which may be missing.
 * @throws {SfError} with exit code 2 for one that ends before it begins, in which nothing could be found
 */
export function requirePeriod(from: string | undefined, to: string | undefined): void {
  if (from === undefined || to === undefined || from <= to) return;
  const error = messages.createError('error.periodOrder', [from, to]);
  error.exitCode = exitCodes.usage;
  throw error;
}

/** @throws {SfError} */
function localTime(input: string): string {
  if (!isLocalDateTime(input)) throw messages.createError('error.notATime', [input]);
  return input;
}

/** @throws {SfError} */
function calendarDay(input: string): string {
  const day = new Date(`${input}T00:00:00Z`);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(input) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(input);
  if (!isDay) throw messages.createError('error.notADay', [input]);
  return input;
}
