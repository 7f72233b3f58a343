import { readFileSync } from 'node:fs';

/**
 * Whether something is mounted at exactly this real path, as a container does with a file that is given to it alone. False
 * where the system does not tell, which is everywhere but on Linux.
 * @param table what is mounted, as the kernel tells it
 */
export function isMountPoint(path: string, table = mountTable()): boolean {
  return table.split('\n').some((line) => mountPointOf(line) === path);
}

function mountTable(): string {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return '';
  }
}

/** The fifth word, in which blanks, tabs, line ends and backslashes are octal numbers of their bytes. */
function mountPointOf(line: string): string | undefined {
  return line
    .split(' ')[4]
    ?.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
