import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { FeedPosition, Fingerprint } from './feed.js';
import { FeedError } from './feedError.js';

const hashedBytes = 64 * 1024;

export async function fingerprintOf(file: FileHandle, length = hashedBytes): Promise<Fingerprint> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
  const sha256 = createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex');
  return { bytes: bytesRead, sha256 };
}

/**
 * What the file began with when the position was taken.
 * @throws FeedError if the position is no place in this file
 */
export async function checkPosition(file: FileHandle, path: string, from: FeedPosition): Promise<Fingerprint> {
  const refused = (why: string): FeedError =>
    new FeedError('position-refused', `The feed ${path} cannot be read on from line ${from.line}: ${why}.`, [
      'Give the file that was being read, or read this one from its beginning: what is known already is recognised by its key.',
    ]);
  if (from.file === null) throw refused('the position was taken in a stream');
  const { size } = await file.stat();
  if (size < from.offset || size < from.file.bytes) throw refused(`the file has only ${size} bytes now`);
  const found = await fingerprintOf(file, from.file.bytes);
  if (found.sha256 !== from.file.sha256) throw refused('the file begins differently from the one that was being read');
  if (from.offset < size && !(await isBetweenLines(file, from.offset)))
    throw refused('its last line was not complete when it was read');
  return from.file;
}

/** A last line may lack its end; what is appended then must begin with that. */
async function isBetweenLines(file: FileHandle, offset: number): Promise<boolean> {
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, offset - 1);
  const [before, after] = buffer;
  return before === 0x0a || after === 0x0a || after === 0x0d;
}
