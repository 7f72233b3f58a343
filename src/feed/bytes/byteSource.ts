import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { readStream, stopReading } from '../../base/files/pipeReading.js';

/** Where the bytes of a feed come from. */
export interface ByteSource {
  readonly name: string;
  /** Bytes in all; undefined for a stream, and for a file that is gone. */
  size(): Promise<number | undefined>;
  /** All bytes, in chunks of any size. A reader that decodes, such as one of gzip, gives the decoded ones. */
  open(): OpenBytes;
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
  return pathSource(path, async () => (await stat(path).catch(() => undefined))?.size);
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

/** @param open called once, when reading begins: nobody would hear what an open stream says before */
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
