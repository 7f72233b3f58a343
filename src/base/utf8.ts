import { Buffer } from 'node:buffer';

/** Returns the length of the UTF-8 byte-order mark at the beginning of the bytes: 3 or 0. */
export function byteOrderMark(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

const replacement = '\ufffd';

/** Returns the index of the first byte that is not UTF-8, or the length if all bytes are UTF-8. */
export function badByte(bytes: Buffer): number {
  const text = bytes.toString('utf8');
  for (let at = text.indexOf(replacement); at !== -1; at = text.indexOf(replacement, at + 1)) {
    const index = Buffer.byteLength(text.slice(0, at));
    // A replacement character in the input itself is valid.
    if (bytes.toString('utf8', index, index + 3) !== replacement || bytes[index] !== 0xef) return index;
  }
  return bytes.length;
}

/**
 * Returns what a file is, if its first bytes show that it is not UTF-8 text. Returns undefined if it may be text.
 * `head` should include at least the whole first line.
 */
export function notText(head: Uint8Array): string | undefined {
  const [first, second, third, fourth] = head;
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) return 'UTF-32';
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'UTF-32';
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'UTF-16';
  if (first === 0x1f && second === 0x8b) return 'gzip';
  if (first === 0x50 && second === 0x4b && third === 0x03 && fourth === 0x04) return 'a ZIP archive or a spreadsheet';
  return head.includes(0) ? 'binary, or UTF-16 without a byte-order mark' : undefined;
}
