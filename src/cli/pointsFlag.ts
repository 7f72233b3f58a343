import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** Takes a positive number with at most two decimals, which is what the org stores. The text is kept for repeating it. */
export const pointsFlag = Flags.custom({ parse: async (input) => parsePoints(input) });

/** The same for a part of a voucher's value. */
export const voucherAmountFlag = Flags.custom({ parse: async (input) => parsePoints(input, 'error.voucherAmount') });

/** Takes a positive whole number. */
export const wholePointsFlag = Flags.custom({ parse: async (input) => parseWholePoints(input) });

/** @throws {SfError} for anything else */
function parseWholePoints(input: string): number {
  if (!/^[1-9]\d{0,14}$/.test(input)) throw messages.createError('error.wholePoints', [input]);
  return Number(input);
}

/** @throws {SfError} for anything else */
function parsePoints(input: string, key = 'error.points'): string {
  // More digits would pass through a binary number and become others.
  if (!/^\d{1,13}(\.\d{1,2})?$/.test(input) || Number(input) === 0) throw messages.createError(key, [input]);
  return input;
}
