import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** A name and its value, as in `--field Phone=+4930123456`. */
export type NamedValue = readonly [name: string, text: string];

/** A flag that takes `NAME=VALUE`, and can be given more than once. */
export const namedValues = (
  summary: string,
  more: { readonly dependsOn?: string[]; readonly exclusive?: string[] } = {},
) => Flags.custom<NamedValue>({ summary, multiple: true, parse: async (input) => namedValue(input), ...more })();

/** @throws {SfError} for a text without a name or an equals sign */
export function namedValue(input: string): NamedValue {
  const at = input.indexOf('=');
  const name = input.slice(0, Math.max(at, 0)).trim();
  if (name === '') throw messages.createError('error.namedValue', [input]);
  return [name, input.slice(at + 1)];
}
