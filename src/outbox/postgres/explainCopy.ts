import type { DiskCode } from '../../base/sqlite/sqliteCodes.js';
import { OutboxDamagedError, OutboxDiskError } from '../outboxErrors.js';
import { explainOutbox } from '../sqlite/explainOutbox.js';

/** Codes of the file system. */
const diskCodes: Readonly<Record<string, DiskCode>> = {
  EACCES: 'cannotOpen',
  EDQUOT: 'full',
  EIO: 'io',
  EMFILE: 'cannotOpen',
  ENOENT: 'cannotOpen',
  ENOSPC: 'full',
  ENOTDIR: 'cannotOpen',
  EPERM: 'cannotOpen',
  EROFS: 'readOnly',
};

/**
 * Does work on the copy of a shared outbox, and turns errors of the disk under it into ours, with the address and what
 * to do. All others stay as they are.
 */
export async function explainCopy<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explained(name, error);
  }
}

/** The same for work that is done at once. */
export function explainCopyNow<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explained(name, error);
  }
}

function explained(name: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const disk = diskCodes[code];
  if (disk !== undefined) return new OutboxDiskError(name, disk, error);
  if (code.startsWith('Z_')) return new OutboxDamagedError(name, 'its snapshot cannot be unpacked', error);
  return explainOutbox(name)(error);
}
