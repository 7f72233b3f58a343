import { endOfLine } from '../../base/rowBytes.js';
import { notText } from '../../base/utf8.js';
import { FeedError, unreadable } from '../feedError.js';
import type { ByteSource } from './byteSource.js';

/** Thrown through whoever waits for bytes when the reading is aborted: bytes that just ended would look complete. */
export class ReadingAborted extends Error {
  override readonly name = 'ReadingAborted';
}

/**
 * Bytes of a source.
 * @throws {FeedError} if they cannot be read
 * @throws {ReadingAborted} as soon as the signal says so
 */
export async function* chunksOf(source: ByteSource, signal?: AbortSignal): AsyncGenerator<Uint8Array, undefined> {
  const bytes = source.open();
  const iterator: AsyncIterator<Uint8Array, unknown> = bytes.chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextUnlessAborted(iterator, signal).catch((error: unknown) => {
        throw unreadable(`The feed ${source.name}`, error);
      });
      if (next === undefined) throw new ReadingAborted();
      if (next.done) return undefined;
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

/** @throws {FeedError} for bytes that begin like something that is not UTF-8 text */
export async function* checkText(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
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
