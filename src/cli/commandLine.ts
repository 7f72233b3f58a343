import type { TargetOrg } from './targetOrg.js';

type FlagValue = string | number | boolean | undefined;

/**
 * A loyalty command to paste into a shell. What a value holds means itself there: it is quoted as POSIX shells want it.
 *
 * @param words such as `credit points`
 * @param flags without the dashes; one that is undefined or false is left out
 */
export function commandLine(words: string, flags: Readonly<Record<string, FlagValue>>): string {
  const given = Object.entries(flags).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, quoted(String(value))];
  });
  return ['sf', 'loyalty', words, ...given].join(' ');
}

/** The org as a flag can name it; undefined for one that is known by its access token only, which is never printed. */
export function orgName({ username }: TargetOrg): string | undefined {
  return username === '' || username.includes('!') ? undefined : username;
}

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
