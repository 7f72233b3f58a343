import { createHash } from 'node:crypto';
import { defaultRowLimits } from '../../base/rowBytes.js';

/**
 * Computes the SHA-256 of everything before an offset in a feed. Bytes are added as they arrive and hashed when a
 * digest is asked for, so one pass is enough. A row ends at most `maxBytes` before the bytes that have just arrived.
 * Older bytes are hashed and released, so an endless line does not fill the memory.
 */
export class FrontDigest {
  readonly #hash = createHash('sha256');
  /** Bytes that were added but are not hashed yet. */
  #pending: Uint8Array[] = [];
  #hashed = 0;
  #added = 0;

  readonly #kept: number;

  /** @param kept number of bytes before those that have just arrived for which a digest can still be asked for */
  constructor(kept: number = defaultRowLimits.maxBytes) {
    this.#kept = kept;
  }

  /** Number of bytes added. */
  get added(): number {
    return this.#added;
  }

  add(chunk: Uint8Array): void {
    this.#hashUpTo(this.#added - this.#kept);
    this.#pending.push(chunk);
    this.#added += chunk.length;
  }

  /** Returns the digest of the first `offset` bytes, in hex. Offsets must not decrease. */
  at(offset: number): string {
    if (offset < this.#hashed || offset > this.#added)
      throw new Error(`There is no digest at ${offset}: ${this.#hashed} bytes are hashed, ${this.#added} were added.`);
    this.#hashUpTo(offset);
    return this.#hash.copy().digest('hex');
  }

  #hashUpTo(offset: number): void {
    let count = 0;
    for (const chunk of this.#pending) {
      const part = chunk.subarray(0, Math.max(0, offset - this.#hashed));
      if (part.length > 0) this.#hash.update(part);
      this.#hashed += part.length;
      if (part.length < chunk.length) {
        this.#pending[count] = chunk.subarray(part.length);
        break;
      }
      count++;
    }
    this.#pending.splice(0, count);
  }
}
