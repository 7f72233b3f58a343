import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import type { RejectLimit } from '../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.start');

/** Takes a number of rows, or a share such as `2%`. */
export const rejectLimitFlag = Flags.custom<RejectLimit>({ parse: async (input) => limitOf(input) });

/** @throws {SfError} */
function limitOf(input: string): RejectLimit {
  const [, digits, percent] = /^(\d{1,9}(?:\.\d{1,6})?)(%?)$/.exec(input.trim()) ?? [];
  const number = Number(digits);
  if (percent === '%' && number <= 100) return { share: number / 100 };
  if (percent === '' && Number.isInteger(number)) return { rows: number };
  throw messages.createError('error.maxRejects', [input]);
}
