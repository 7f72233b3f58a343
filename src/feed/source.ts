import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { endOfLine } from '../base/rows.js';
import { notText } from '../base/utf8.js';
import type { FeedPosition, Fingerprint } from './feed.js';
import { FeedError, unreadable } from './feedError.js';

/** Where the bytes of a feed come from. */
export interface ByteSource {
  readonly name: string;
  readonly resumable: boolean;
  /** Called before any bytes are read. @throws FeedError if `from` is no place in it */
  fingerprint(from: FeedPosition | undefined): Promise<Fingerprint | null>;
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

const hashedBytes = 64 * 1024;
const chunkBytes = 64 * 1024;

export function fileSource(path: string): ByteSource {
  return {
    name: path,
    resumable: true,
    fingerprint: async (from) => {
      const file = await openFile(path);
      try {
        return from === undefined ? await fingerprintOf(file, hashedBytes) : await checkPosition(file, path, from);
      } finally {
        await file.close();
      }
    },
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
    open: () => {
      const stream = open();
      const abandon = (): void => {
        if (stream instanceof Readable) stream.destroy();
      };
      return { chunks: asBytes(stream), abandon };
    },
  };
}

/** Thrown through whoever waits for bytes when the reading is aborted: bytes that just ended would look complete. */
export class ReadingAborted extends Error {}

/**
 * Bytes of a source from an offset on.
 * @throws FeedError if they cannot be read, or begin like something that is not UTF-8 text
 * @throws ReadingAborted as soon as the signal says so
 */
export function chunksOf(source: ByteSource, offset: number, signal?: AbortSignal): AsyncIterable<Uint8Array> {
  const chunks = untilAborted(source, offset, signal);
  return offset === 0 ? checkText(chunks, source.name) : chunks;
}

async function* untilAborted(
  source: ByteSource,
  offset: number,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  const bytes = source.open(offset);
  const iterator: AsyncIterator<Uint8Array, unknown> = bytes.chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextUnlessAborted(iterator, signal).catch((error: unknown) => {
        throw unreadable(`The feed ${source.name}`, error);
      });
      if (next === undefined) throw new ReadingAborted();
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // A stream that has nothing to say would keep us waiting, and the process alive: end it instead.
    if (signal?.aborted) bytes.abandon();
    else await iterator.return?.();
  }
}

/** The next chunk; undefined if the signal comes first. */
function nextUnlessAborted(
  iterator: AsyncIterator<Uint8Array, unknown>,
  signal: AbortSignal | undefined,
): Promise<IteratorResult<Uint8Array, unknown> | undefined> {
  if (signal === undefined) return iterator.next();
  return new Promise((resolve, reject) => {
    const abort = (): void => resolve(undefined);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    iterator
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

/** How far the first line is looked at. */
const longestHead = 4096;

async function* checkText(chunks: AsyncIterable<Uint8Array>, name: string): AsyncIterable<Uint8Array> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < longestHead && !head.includes(0x0a)) continue;
    checkHead(head, name);
    yield head;
    head = undefined;
  }
  if (head === undefined) return;
  checkHead(head, name);
  yield head;
}

function checkHead(head: Buffer, name: string): void {
  const line = head.subarray(0, endOfLine(head, 0, Math.min(head.length, longestHead)));
  const found = notText(line);
  if (found !== undefined)
    throw new FeedError('not-text', `The feed ${name} is not UTF-8 text: it is ${found}.`, [
      'Save it as UTF-8 text and try again.',
    ]);
  if (!line.includes(0x0a) && line.subarray(0, longestHead - 1).includes(0x0d))
    throw new FeedError('not-text', `The lines of ${name} end with CR alone, which no reader of CSV expects.`, [
      'Save it with line ends LF or CRLF and try again.',
    ]);
}

async function* asBytes(stream: ByteStream): AsyncIterable<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    throw unreadable(`The feed ${path}`, error);
  }
}

async function fingerprintOf(file: FileHandle, length: number): Promise<Fingerprint> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
  const sha256 = createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex');
  return { bytes: bytesRead, sha256 };
}

async function checkPosition(file: FileHandle, path: string, from: FeedPosition): Promise<Fingerprint> {
  const refused = (why: string): FeedError =>
    new FeedError('position-refused', `The feed ${path} cannot be read on from line ${from.line}: ${why}.`, [
      'Give the file that was being read, or read this one from its beginning: what is known already is recognised by its key.',
    ]);
  if (from.file === null) throw refused('the position was taken in a stream');
  const { size } = await file.stat();
  if (size < from.offset || size < from.file.bytes) throw refused(`the file has only ${size} bytes now`);
  const found = await fingerprintOf(file, from.file.bytes);
  if (found.sha256 !== from.file.sha256) throw refused('the file begins differently from the one that was being read');
  const around = Buffer.alloc(2);
  if (from.offset > 0 && from.offset < size) {
    const { bytesRead } = await file.read(around, 0, 2, from.offset - 1);
    const atLineEnd = around[0] === 0x0a || (bytesRead > 1 && (around[1] === 0x0a || around[1] === 0x0d));
    if (!atLineEnd) throw refused('its last line was not complete when it was read');
  }
  return from.file;
}
