import { Messages } from '@salesforce/core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/**
 * What a custom flag needs to take one of these words, in upper or lower case: what a command prints can be given back to
 * it.
 */
export const oneOfWords = <const W extends string>(words: readonly W[]) => ({
  helpValue: `<${words.join('|')}>`,
  parse: async (input: string): Promise<W> => wordOf(words, input),
});

/** @throws {SfError} that lists the words */
function wordOf<W extends string>(words: readonly W[], input: string): W {
  const given = input.trim().toLowerCase();
  const word = words.find((each) => each.toLowerCase() === given);
  if (word === undefined) throw messages.createError('error.notAWord', [input, words.join(', ')]);
  return word;
}
