import type { FileHandle } from 'node:fs/promises';

/** Number of bytes that are compared, at the beginning and before the place. */
const compared = 4096;

/**
 * Remembers the first bytes that were read of a file, and the last. While a file is watched only these are compared, so
 * that a long file is not read again whenever a line is appended. A resumed or new run compares everything.
 */
export class PassedBytes {
  #head: Buffer = Buffer.alloc(0);
  #tail: Buffer = Buffer.alloc(0);
  #count = 0;

  /** Number of bytes that were read. */
  get count(): number {
    return this.#count;
  }

  add(chunk: Buffer): void {
    if (this.#head.length < compared) {
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, compared - this.#head.length)]);
    }
    this.#tail = Buffer.concat([this.#tail, chunk.subarray(-compared)]).subarray(-compared);
    this.#count += chunk.length;
  }

  /** Returns whether the file still has them. */
  async areIn(file: FileHandle): Promise<boolean> {
    return (await hasAt(file, this.#head, 0)) && (await hasAt(file, this.#tail, this.#count - this.#tail.length));
  }
}

async function hasAt(file: FileHandle, bytes: Buffer, position: number): Promise<boolean> {
  if (bytes.length === 0) return true;
  const { bytesRead, buffer } = await file.read(Buffer.alloc(bytes.length), 0, bytes.length, position);
  return bytesRead === bytes.length && buffer.equals(bytes);
}
