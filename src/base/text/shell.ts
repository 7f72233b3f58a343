import { isPrintable } from './printable.js';

/**
 * For whom a command is printed: POSIX shells (sh, bash, zsh), or PowerShell on Windows. The `cmd.exe` of Windows is not
 * one of them: it has no quotes inside which `%` means itself.
 */
export type Shell = 'posix' | 'powershell';

export function shellOf(platform: NodeJS.Platform = process.platform): Shell {
  return platform === 'win32' ? 'powershell' : 'posix';
}

/**
 * A value as one word that means itself, made of printable characters only: somebody will paste it. Undefined for one
 * that cannot be written so.
 */
export function shellWord(value: string, shell: Shell = shellOf()): string | undefined {
  // No program can be given it.
  if (value.includes('\0') || !value.isWellFormed()) return undefined;
  return shell === 'posix' ? posixWord(value) : powerShellWord(value);
}

/** A line that sets a variable for the commands after it. */
export function variableLine(name: string, value: string, shell: Shell = shellOf()): string {
  const word = shellWord(value, shell) ?? name;
  // Without quotes, PowerShell would look for a command.
  return shell === 'posix' ? `export ${name}=${word}` : `$env:${name} = ${word.startsWith("'") ? word : `'${word}'`}`;
}

function posixWord(value: string): string | undefined {
  // zsh takes a word that begins with = for the path of a command.
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(value)) return value;
  if (isPrintable(value)) return `'${value.replaceAll("'", String.raw`'\''`)}'`;
  // $'…' is younger than many an sh. The output of a command loses the line ends behind it.
  return value.endsWith('\n') ? undefined : `"$(printf '${printfFormat(value)}')"`;
}

/** Every byte that printf (to which - is an option), quotes, a history or a terminal would take for more than itself, as three octal digits. */
function printfFormat(value: string): string {
  const characters = Array.from(value, (character) =>
    /^[\w @+=:,./]$/.test(character)
      ? character
      : Array.from(Buffer.from(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  );
  return characters.join('');
}

/**
 * PowerShell hands a word to `sf.cmd` by way of `cmd.exe`, puts quotes around it only if it has white space, and, before
 * 7.3, loses quotes inside it. What would not arrive as it is, or would be run on the way, cannot be written.
 */
function powerShellWord(value: string): string | undefined {
  if (/^[A-Za-z][\w.:/\\-]*$/.test(value)) return value;
  const isSpaced = value.includes(' ');
  const isLost = !isPrintable(value) || /["%]/.test(value) || value === '';
  const isRun = !isSpaced && /[&|<>^()]/.test(value);
  // The quote that PowerShell puts behind it would be taken for a part of it.
  if (isLost || isRun || (isSpaced && value.endsWith('\\'))) return undefined;
  // Typographic quotes end a text, too.
  return `'${value.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}
