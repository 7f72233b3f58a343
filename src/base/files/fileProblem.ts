import { dirname } from 'node:path';

/** Reasons in words for Node's error codes about files. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EBUSY: 'another program is using it',
  EDANGLING: 'it is a link that leads nowhere',
  EEXIST: 'a file is where a folder should be',
  EFEED: 'it is a feed of the run, and must not be replaced',
  EISDIR: 'it is a folder',
  EFBIG: 'the file would be larger than is allowed',
  EIO: 'the disk failed to read or write it',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'there is no such file',
  ENOFILE: 'no file can be made in its folder',
  ENOFOLDER: 'its folder does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is where a folder should be',
  ENOTFILE: 'it is a device or a pipe',
  ENOTSUP: 'no folder can be made there',
  EPERM: 'permission is denied',
  EDQUOT: 'your disk quota is used up',
  EROFS: 'the disk cannot be written to',
};

/** Tells why a file or folder cannot be used. */
export interface FileProblem {
  readonly path: string;
  readonly reason: string;
  /** The folder that the path needs, if that does not exist. */
  readonly missingFolder?: string;
}

/** Explains an error about a file or folder in words. Returns undefined for any other error. */
export function fileProblem(error: unknown): FileProblem | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const reason = reasons[String(error.code)];
  if (reason === undefined) return undefined;
  const path = 'path' in error ? error.path : undefined;
  // An error while reading has no path. A folder, for example, can be opened but not read.
  if (typeof path !== 'string') return { path: '', reason };
  return { path, reason, ...(error.code === 'ENOFOLDER' && { missingFolder: dirname(path) }) };
}
