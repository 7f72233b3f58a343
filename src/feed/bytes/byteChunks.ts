import { endOfLine } from '../../base/rowBytes.js';
import { notText } from '../../base/utf8.js';
import { FeedError, unreadable } from '../feedError.js';
import type { ByteSource } from './byteSource.js';

/**
 * Thrown to the reader that waits for bytes when reading is aborted. If the bytes just ended, the feed would look
 * complete.
 */
export class ReadingAborted extends Error {
  override readonly name = 'ReadingAborted';
}

/**
 * Yields the bytes of a feed.
 * @throws {FeedError} if they cannot be read
 * @throws {ReadingAborted} as soon as the signal aborts
 */
export async function* chunksOf(source: ByteSource, signal?: AbortSignal): AsyncGenerator<Uint8Array, undefined> {
  const bytes = source.open();
  const iterator: AsyncIterator<Uint8Array, unknown> = bytes.chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextUnlessAborted(iterator, signal).catch((error: unknown) => {
        throw error instanceof FeedError ? error : unreadable(`The feed ${source.name}`, error);
      });
      if (next === undefined) throw new ReadingAborted();
      if (next.done) return undefined;
      yield next.value;
    }
  } finally {
    if (signal?.aborted) {
      // A stream that sends nothing would keep the caller waiting and the process alive, so it is ended.
      bytes.abandon();
      iterator.return?.().catch(() => undefined);
    } else await iterator.return?.();
  }
}

/** Returns the next chunk, or undefined if the signal aborts first. */
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

/** Number of bytes of the first line that are examined. */
const longestHead = 4096;

/**
 * Passes the chunks on.
 * @throws {FeedError} if the first bytes show that the feed is not UTF-8 text
 */
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
      found.startsWith('binary')
        ? 'If it is UTF-16, write `encoding: utf-16le` or `utf-16be` into the mapping. Otherwise save it as text.'
        : 'Save it as text, CSV or NDJSON, and try again.',
    ]);
  if (!line.includes(0x0a) && line.subarray(0, longestHead - 1).includes(0x0d))
    throw new FeedError('not-text', `The lines of ${name} end with CR alone, which CSV readers do not support.`, [
      'Save it with line ends LF or CRLF and try again.',
    ]);
}
