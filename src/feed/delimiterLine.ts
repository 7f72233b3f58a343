import { endOfLine } from '../base/rowBytes.js';
import type { Mark } from '../base/rowBytes.js';
import { byteOrderMark } from '../base/utf8.js';
import { continued, readHead } from './bytes/chunksHead.js';

/** What the first line of a CSV file says about the others. */
export interface DelimiterLine {
  /** The delimiter that it names. */
  readonly named: string | undefined;
  /** Where the header begins. */
  readonly at: Mark;
  /** The bytes from there on. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** The longest line that can name a delimiter, with a byte-order mark. */
const longest = 12;

/** Excel names the delimiter in a line of its own, such as `sep=;`, and does not show that line. */
export async function delimiterLine(chunks: AsyncIterable<Uint8Array>): Promise<DelimiterLine> {
  const { head, others } = await readHead(chunks, (bytes) => bytes.length >= longest || bytes.includes(0x0a));
  const end = endOfLine(head, 0, Math.min(head.length, longest));
  const line = head.toString('utf8', byteOrderMark(head), end);
  const named = /^sep=([^"\r\n])\r?\n$/i.exec(line)?.[1];
  const from = named === undefined ? 0 : end;
  return {
    named,
    at: { offset: from, line: from === 0 ? 1 : 2 },
    chunks: continued<Uint8Array>(head.subarray(from), others),
  };
}
