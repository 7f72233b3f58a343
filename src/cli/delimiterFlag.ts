import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** Delimiter of the CSV file that `--file` names. */
export const delimiterFlag = Flags.custom({
  summary: messages.getMessage('flags.delimiter.summary'),
  dependsOn: ['file'],
  parse: async (input) => delimiterOf(input),
})();

/** The character, also by the name of one that is hard to type. @throws {SfError} for more than one character */
function delimiterOf(input: string): string {
  const character = input === 'tab' || input === '\\t' ? '\t' : input;
  if (!/^[^"\r\n]$/.test(character)) throw messages.createError('error.delimiter', [input]);
  return character;
}
