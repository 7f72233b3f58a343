import { isPrintable } from './printable.js';

/**
 * The shell that a command is printed for: a POSIX shell (sh, bash, zsh), or PowerShell on Windows. `cmd.exe` is not
 * supported, because it has no quotes within which `%` is an ordinary character.
 */
export type Shell = 'posix' | 'powershell';

export function shellOf(platform: NodeJS.Platform = process.platform): Shell {
  return platform === 'win32' ? 'powershell' : 'posix';
}

/**
 * Returns a value as one word that the shell takes literally. The word has only printable characters, because somebody
 * will paste it. Returns undefined for a value that cannot be written in this way.
 */
export function shellWord(value: string, shell: Shell = shellOf()): string | undefined {
  // Such a text cannot be passed to any program.
  if (value.includes('\0') || !value.isWellFormed()) return undefined;
  return shell === 'posix' ? posixWord(value) : powerShellWord(value);
}

/** Returns a line that sets a variable for the commands after it. */
export function variableLine(name: string, value: string, shell: Shell = shellOf()): string {
  const word = shellWord(value, shell) ?? name;
  // Without quotes, PowerShell would look for a command of that name.
  return shell === 'posix' ? `export ${name}=${word}` : `$env:${name} = ${word.startsWith("'") ? word : `'${word}'`}`;
}

function posixWord(value: string): string | undefined {
  // zsh replaces a word that begins with = by the path of a command.
  if (/^[\w@%+:,./-][\w@%+=:,./-]*$/.test(value)) return value;
  if (isPrintable(value)) return `'${value.replaceAll("'", String.raw`'\''`)}'`;
  // Some versions of sh do not know $'…' yet. Command substitution drops line ends at the end of the output.
  return value.endsWith('\n') ? undefined : `"$(printf '${printfFormat(value)}')"`;
}

/**
 * Returns octal escapes for all bytes but plain ones. A printf format, quotes, a shell's history or a terminal could
 * give a special meaning to the others, and printf takes a leading - for an option.
 */
function printfFormat(value: string): string {
  const characters = Array.from(value, (character) =>
    /^[\w @+=:,./]$/.test(character)
      ? character
      : Array.from(Buffer.from(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  );
  return characters.join('');
}

/**
 * PowerShell passes a word to `sf.cmd` through `cmd.exe` and puts quotes around it only if it has white space. Before
 * 7.3, it loses quotes within the word. Values that would be changed or run on the way cannot be written.
 */
function powerShellWord(value: string): string | undefined {
  if (/^[A-Za-z][\w.:/\\-]*$/.test(value)) return value;
  const isSpaced = value.includes(' ');
  const isLost = !isPrintable(value) || /["%]/.test(value) || value === '';
  const isRun = !isSpaced && /[&|<>^()]/.test(value);
  // PowerShell adds a quote after the backslash, which would escape it.
  if (isLost || isRun || (isSpaced && value.endsWith('\\'))) return undefined;
  // For PowerShell, typographic quotes end a text, too.
  return `'${value.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}
