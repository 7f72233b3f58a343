import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FeedError, unreadable } from '../../feed/index.js';

/** What a file is, so that a later change shows. */
export interface FileDigest {
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
}

const partSize = 1 << 20;

/** @throws {FeedError} if it is no regular file, or cannot be read */
export async function fileDigest(path: string, signal: AbortSignal | undefined): Promise<FileDigest> {
  let bytes = 0;
  const hash = createHash('sha256');
  try {
    mustBeFile(path, (await stat(path)).isFile());
    for await (const part of partsOf(path, signal)) {
      bytes += part.length;
      hash.update(part);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof FeedError ? error : unreadable(`The feed ${path}`, error);
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** The bytes of a file. @throws {FeedError} at their end, if they are others than before */
export async function* unchangedParts(
  path: string,
  { sha256 }: FileDigest,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const part of partsOf(path, signal)) {
    hash.update(part);
    yield part;
  }
  if (hash.digest('hex') === sha256) return;
  throw new FeedError('file-unreadable', `The feed ${path} was changed while it was handed in. It is not stored.`, [
    'Hand it in again when nobody writes to it any more.',
  ]);
}

function partsOf(path: string, signal: AbortSignal | undefined): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: partSize, signal });
}

function mustBeFile(path: string, isFile: boolean): void {
  if (isFile) return;
  throw new FeedError('file-unreadable', `The feed ${path} is no regular file, so that it cannot be handed in.`, [
    'Save it as a file first.',
  ]);
}
