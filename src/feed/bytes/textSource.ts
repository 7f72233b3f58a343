import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { byteOrderMark } from '../../base/utf8.js';
import { FeedError } from '../feedError.js';
import { continued, readHead } from './chunksHead.js';
import type { ByteSource } from './byteSource.js';
import { TextTranscoder, utf16Mark } from './textEncoding.js';

/** The first four bytes tell what the rest is. */
const isEnough = (head: Uint8Array): boolean => head.length >= 4;

/**
 * Returns the same bytes as UTF-8 text: decompressed if they are gzip, and decoded if they are UTF-16 with a byte-order
 * mark or if the mapping names another encoding. Bytes that are already UTF-8 pass unchanged. Positions are those in the
 * text.
 * @param encoding as the Encoding standard writes it; undefined for UTF-8, or what a mark says
 */
export function textSource(source: ByteSource, encoding: string | undefined): ByteSource {
  let isDecoded = false;
  return {
    name: source.name,
    isFile: source.isFile,
    // The size of what was appended is told in bytes of the file.
    size: async () => (isDecoded ? undefined : source.size()),
    open: () => {
      const opened = source.open();
      const decoded = (): void => {
        isDecoded = true;
      };
      const chunks = textOf(opened.chunks, { feed: source.name, encoding, decoded });
      return { chunks, abandon: () => opened.abandon() };
    },
  };
}

interface Decoding {
  readonly feed: string;
  readonly encoding: string | undefined;
  /** Called when the bytes are changed. */
  readonly decoded: () => void;
}

async function* textOf(chunks: AsyncIterable<Uint8Array>, decoding: Decoding): AsyncGenerator<Uint8Array> {
  const raw = await readHead(chunks, isEnough);
  try {
    const isGzip = raw.head[0] === 0x1f && raw.head[1] === 0x8b;
    const zipped = continued<Uint8Array>(raw.head, raw.others);
    const { head, others } = isGzip ? await readHead(unzipped(zipped, decoding.feed), isEnough) : raw;
    const encoding = encodingOf(head, decoding);
    if (isGzip || encoding !== undefined) decoding.decoded();
    const bytes = continued<Uint8Array>(head, others);
    yield* encoding === undefined ? bytes : transcoded(bytes, encoding);
  } finally {
    // Nobody else ends them if the encoding is a wrong one.
    await raw.others.return?.();
  }
}

/** @throws {FeedError} if the byte-order mark contradicts the mapping */
function encodingOf(head: Uint8Array, { feed, encoding }: Decoding): string | undefined {
  const marked = byteOrderMark(head) > 0 ? 'utf-8' : utf16Mark(head);
  if (marked !== undefined && encoding !== undefined && marked !== encoding) {
    throw new FeedError(
      'not-text',
      `The mapping says that the feed ${feed} is ${encoding}, but it begins with the byte-order mark of ${marked}.`,
      ['Remove `encoding` from the mapping: the mark tells the encoding.'],
    );
  }
  const found = encoding ?? marked;
  return found === 'utf-8' ? undefined : found;
}

async function* transcoded(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const transcoder = new TextTranscoder(encoding);
  for await (const chunk of chunks) yield transcoder.push(chunk);
  yield transcoder.end();
}

/** @throws {FeedError} if the compressed data is damaged or ends too early */
async function* unzipped(chunks: AsyncIterable<Uint8Array>, feed: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  const passed = pipeline(Readable.from(chunks), gunzip);
  // The same error ends the loop.
  passed.catch(() => undefined);
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array;
  } catch (error) {
    throw isZlibError(error) ? badGzip(feed, error) : error;
  }
}

function isZlibError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

function badGzip(feed: string, error: Error & { readonly code: string }): FeedError {
  const why = error.code === 'Z_BUF_ERROR' ? 'it ends too early' : `it is damaged (${error.message})`;
  return new FeedError(
    'file-unreadable',
    `The feed ${feed} cannot be decompressed to its end: ${why}.`,
    ['Check that it is complete (`gzip -t`), and give it again: what was read is stored.'],
    { cause: error },
  );
}
