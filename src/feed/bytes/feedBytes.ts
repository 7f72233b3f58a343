import { chunksOf } from './byteChunks.js';
import type { BytePosition } from './bytePosition.js';
import { FrontCheck } from './frontCheck.js';
import { FrontDigest } from './frontDigest.js';
import type { ByteSource } from './byteSource.js';

const lineFeed = 0x0a;

/**
 * The bytes of a feed from its beginning, hashed as they pass. If a position is given, no byte after it is yielded
 * before everything before it has proved unchanged. It has no `return`, so a loop that stops early does not end it;
 * only `close` does.
 */
export class FeedBytes implements AsyncIterableIterator<Uint8Array> {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #digest: FrontDigest;
  readonly #check: FrontCheck | undefined;
  #hasFailed = false;
  #hasEnded = false;
  #lastByte: number | undefined;

  /** @param kept as in {@link FrontDigest} */
  constructor(source: ByteSource, from: BytePosition | undefined, signal: AbortSignal | undefined, kept?: number) {
    this.#digest = new FrontDigest(kept);
    this.#chunks = chunksOf(source, signal)[Symbol.asyncIterator]();
    this.#check = from && new FrontCheck(source.name, from, this.#digest);
  }

  get check(): FrontCheck | undefined {
    return this.#check;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** @throws {FeedError} if the feed cannot be read, or is not the one in which the position was taken */
  async next(): Promise<IteratorResult<Uint8Array>> {
    try {
      const next = await this.#chunks.next();
      if (next.done) {
        this.#check?.end();
        this.#hasEnded = true;
        return next;
      }
      this.#digest.add(next.value);
      this.#lastByte = next.value.at(-1) ?? this.#lastByte;
      this.#check?.pass(next.value);
      return next;
    } catch (error) {
      this.#hasFailed = true;
      throw error;
    }
  }

  /** Returns the digest of everything before the end of a row. */
  digestAt(offset: number): string {
    return this.#digest.at(offset);
  }

  /** Whether all of the feed has passed, ends at this place, and does so without a line end. */
  endsOpenAt(offset: number): boolean {
    return this.#hasEnded && offset === this.#digest.added && this.#lastByte !== lineFeed;
  }

  /**
   * Reads up to the position without interpreting the bytes.
   * @throws {FeedError} if the feed is not the one in which the position was taken
   */
  async passFront(): Promise<void> {
    if (this.#check === undefined) return;
    while (!this.#hasFailed && !this.#check.isSame) await this.next();
  }

  /**
   * Returns whether anything but line ends follows the offset.
   * @throws {FeedError} if the feed is not the one in which the position was taken
   */
  async hasMoreBehind(offset: number): Promise<boolean> {
    for await (const chunk of this) {
      const fresh = chunk.subarray(Math.max(0, offset - (this.#digest.added - chunk.length)));
      if (fresh.some((byte) => byte !== 0x0a && byte !== 0x0d)) return true;
    }
    return false;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
