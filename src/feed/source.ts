import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FeedPosition, Fingerprint } from './feed.js';
import { FeedError, unreadable } from './feedError.js';
import { checkPosition, fingerprintOf } from './fingerprint.js';

/** Where the bytes of a feed come from. */
export interface ByteSource {
  readonly name: string;
  readonly resumable: boolean;
  /** Called before any bytes are read. @throws FeedError if `from` is no place in it */
  fingerprint(from: FeedPosition | undefined): Promise<Fingerprint | null>;
  /** Bytes in all; undefined for a stream. */
  size(): Promise<number | undefined>;
  /** Bytes from an offset on, in chunks of any size. */
  open(offset: number): OpenBytes;
}

/** A stream of a feed. Text is taken as UTF-8. */
export type ByteStream = AsyncIterable<Uint8Array | string>;

export interface OpenBytes {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Ends them at once, also while a chunk is awaited. */
  abandon(): void;
}

const chunkBytes = 64 * 1024;

export function fileSource(path: string): ByteSource {
  return {
    name: path,
    resumable: true,
    fingerprint: async (from) => {
      const file = await open(path).catch((error: unknown) => {
        throw unreadable(`The feed ${path}`, error);
      });
      try {
        return from === undefined ? await fingerprintOf(file) : await checkPosition(file, path, from);
      } finally {
        await file.close();
      }
    },
    size: async () => (await stat(path).catch(() => undefined))?.size,
    open: (offset) => {
      const stream = createReadStream(path, { start: offset, highWaterMark: chunkBytes });
      return { chunks: stream, abandon: () => stream.destroy() };
    },
  };
}

/** @param open called once, when reading begins: nobody would hear what an open stream says before */
export function streamSource(open: () => ByteStream, name = '-'): ByteSource {
  return {
    name,
    resumable: false,
    fingerprint: async (from) => {
      if (from === undefined) return null;
      throw new FeedError(
        'position-refused',
        `The feed ${name} is a stream, so that it cannot be read on from a position.`,
        ['Read it again from its beginning: what is known already is recognised by its key.'],
      );
    },
    size: async () => undefined,
    open: () => {
      const stream = open();
      const abandon = (): void => {
        if (stream instanceof Readable) stream.destroy();
      };
      return { chunks: asBytes(stream), abandon };
    },
  };
}

async function* asBytes(stream: ByteStream): AsyncIterable<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
