import { statSync } from 'node:fs';

/** Returns what tells a file from all others, whatever path leads to it: device and inode. Undefined if there is none. */
export function fileIdentity(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found && `${found.dev}:${found.ino}`;
}
