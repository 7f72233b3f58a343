/** UTF-16 with its order of bytes, which a byte-order mark tells. */
export type Utf16 = 'utf-16le' | 'utf-16be';

/** Returns which UTF-16 the byte-order mark at the beginning of the bytes names. */
export function utf16Mark([first, second, third, fourth]: Uint8Array): Utf16 | undefined {
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? undefined : 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

/** Returns the name of an encoding as the Encoding standard writes it, or undefined if there is none of that name. */
export function knownEncoding(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

const replacement = '\ufffd';
/** A byte that never occurs in UTF-8. */
const notUtf8 = Buffer.of(0xff);

/**
 * Decodes text in an encoding, in chunks of any size, and encodes it as UTF-8. What cannot be decoded becomes a byte that
 * is not UTF-8, so that its row is rejected instead of changed.
 */
export class TextTranscoder {
  readonly #decoder: InstanceType<typeof TextDecoder>;

  /** @param encoding any but UTF-8 */
  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding, { ignoreBOM: true });
  }

  push(chunk: Uint8Array): Uint8Array {
    return encoded(this.#decoder.decode(chunk, { stream: true }));
  }

  end(): Uint8Array {
    return encoded(this.#decoder.decode());
  }
}

/** The decoder marks what it could not decode. Text of these encodings hardly ever contains that mark itself. */
function encoded(text: string): Uint8Array {
  if (!text.includes(replacement)) return Buffer.from(text);
  const parts = text
    .split(replacement)
    .flatMap((part, index) => (index === 0 ? [] : [notUtf8]).concat(Buffer.from(part)));
  return Buffer.concat(parts);
}
