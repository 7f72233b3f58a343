import { shellOf, shellWord } from './shell.js';
import type { Shell } from './shell.js';

/** Null for a value that a person has to write. */
type FlagValue = string | number | boolean | null | undefined;

/**
 * A loyalty command to paste into the shell of this system. What a value holds means itself there. A word in capitals,
 * such as OUTBOX, stands for a value that a person has to write: one that nobody knows yet, or that cannot be quoted.
 *
 * @param words such as `credit points`
 * @param flags without the dashes; one that is undefined or false is left out
 */
export function commandLine(words: string, flags: Readonly<Record<string, FlagValue>>, shell = shellOf()): string {
  const given = Object.entries(flags).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    if (value === null) return [`--${name}`, placeholder(name)];
    return value === true ? [`--${name}`] : flagWords(name, String(value), shell);
  });
  return ['sf', 'loyalty', words, ...given].join(' ');
}

/** A value that begins with a dash would be taken for a flag, and PowerShell drops an empty one. */
function flagWords(name: string, value: string, shell: Shell): string[] {
  const isOneWord = value === '' || value.startsWith('-');
  const words = isOneWord ? [shellWord(`--${name}=${value}`, shell)] : [`--${name}`, shellWord(value, shell)];
  return words.every((word) => word !== undefined) ? words : [`--${name}`, placeholder(name)];
}

function placeholder(name: string): string {
  return name.replaceAll('-', '_').toUpperCase();
}
