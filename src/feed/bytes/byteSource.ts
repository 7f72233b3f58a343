import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { readStream, stopReading } from '../../base/files/pipeReading.js';

/** Where the bytes of a feed come from. */
export interface ByteSource {
  readonly name: string;
  /** Whether it is a regular file, which can be opened again. */
  readonly isFile?: boolean | undefined;
  /** Total number of bytes. Undefined for a stream, and for a file that no longer exists. */
  size(): Promise<number | undefined>;
  /** Opens all bytes, in chunks of any size. A reader that decompresses yields the decompressed bytes. */
  open(): OpenBytes;
}

/** The stream of a feed. Text is encoded as UTF-8. */
export type ByteStream = AsyncIterable<Uint8Array | string>;

export interface OpenBytes {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Ends the bytes at once, even while a chunk is awaited. */
  abandon(): void;
}

const chunkBytes = 64 * 1024;

export function fileSource(path: string): ByteSource {
  return { ...pathSource(path, async () => (await stat(path).catch(() => undefined))?.size), isFile: true };
}

/** What is no regular file, such as a named pipe. */
export function pipeSource(path: string): ByteSource {
  return pathSource(path, async () => undefined);
}

function pathSource(name: string, size: ByteSource['size']): ByteSource {
  return {
    name,
    size,
    open: () => {
      const stream = readStream(name, { highWaterMark: chunkBytes });
      return { chunks: stream, abandon: () => stopReading(stream) };
    },
  };
}

/**
 * @param open is called once, when reading begins, because nobody would handle errors of a stream that is opened
 * earlier
 */
export function streamSource(open: () => ByteStream, name = '-'): ByteSource {
  return {
    name,
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
