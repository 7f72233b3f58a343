import { shellOf, shellWord } from './shell.js';
import type { Shell } from './shell.js';

/** How every command begins. */
export const commandStart = ['sf', 'loyalty', ''].join(' ');

/** Null for a value that the user has to fill in. */
type FlagValue = string | number | boolean | null | undefined | readonly string[];

/**
 * Returns a loyalty command to paste into the shell of this system. Values are quoted where the shell would change
 * them. A word in capitals, such as OUTBOX, marks a value that the user has to fill in, because it is not known yet or
 * cannot be quoted.
 *
 * @param words such as `credit points`
 * @param flags without the dashes; a flag that is undefined or false is left out, one with a list is repeated
 */
export function commandLine(words: string, flags: Readonly<Record<string, FlagValue>>, shell = shellOf()): string {
  const given = Object.entries(flags).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    if (value === null) return [`--${name}`, placeholder(name)];
    if (Array.isArray(value)) return value.flatMap((each) => flagWords(name, String(each), shell));
    return value === true ? [`--${name}`] : flagWords(name, String(value), shell);
  });
  return commandStart + [words, ...given].join(' ');
}

/** A value that begins with a dash would be taken for a flag, and PowerShell drops an empty value. */
function flagWords(name: string, value: string, shell: Shell): string[] {
  const isOneWord = value === '' || value.startsWith('-');
  const words = isOneWord ? [shellWord(`--${name}=${value}`, shell)] : [`--${name}`, shellWord(value, shell)];
  return words.every((word) => word !== undefined) ? words : [`--${name}`, placeholder(name)];
}

function placeholder(name: string): string {
  return name.replaceAll('-', '_').toUpperCase();
}
