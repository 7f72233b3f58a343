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
  await mustBeFile(path);
  for await (const part of partsOf(path, signal)) {
    bytes += part.length;
    hash.update(part);
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** The bytes of a file. @throws {FeedError} if it cannot be read, and at their end, if they are others than before */
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

async function* partsOf(path: string, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: partSize, signal }) as AsyncIterable<Buffer>;
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(`The feed ${path}`, error);
  }
}

async function mustBeFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(`The feed ${path}`, error);
  });
  if (found.isFile()) return;
  throw new FeedError('file-unreadable', `The feed ${path} is no regular file, so that it cannot be handed in.`, [
    'Save it as a file first.',
  ]);
}
