import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** A percentage that open progress can have, with or without its sign. */
export const nearFlag = Flags.custom<number>({ parse: async (input) => parseNear(input) });

/** @throws {SfError} for anything else */
function parseNear(input: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?)\s*%?$/.exec(input.trim()) ?? [];
  if (digits === undefined) throw messages.createError('error.near', [input]);
  if (Number(digits) >= 100) throw messages.createError('error.nearReached', [input]);
  return Number(digits);
}
