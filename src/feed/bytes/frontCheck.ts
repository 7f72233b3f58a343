import type { Mark } from '../../base/rowBytes.js';
import type { BytePosition } from './bytePosition.js';
import type { FrontDigest } from './frontDigest.js';
import { positionRefused, reasons } from '../positionRefused.js';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

interface PlacedRow {
  readonly start: Mark;
  readonly next: Mark;
  /** Number of rows of the feed, if it is a group of them. */
  readonly rows?: number;
}

/** Checks, while the bytes pass, that everything before a position is the same as when the position was taken. */
export class FrontCheck {
  readonly #feed: string;
  readonly #from: BytePosition;
  readonly #digest: FrontDigest;
  #headIsSame: boolean | undefined;
  #isSame = false;
  #isPast = false;
  #lastByte: number | undefined;
  /** The line end that has been appended to a line that had none when the position was taken. */
  #lineEnd: number[] = [];

  constructor(feed: string, from: BytePosition, digest: FrontDigest) {
    this.#feed = feed;
    this.#from = from;
    this.#digest = digest;
  }

  /** Whether everything before the position has passed and is the same. */
  get isSame(): boolean {
    return this.#isSame;
  }

  /**
   * Must be called with every chunk, after it was added to the digest and before it is passed on.
   * @throws {FeedError}
   */
  pass(chunk: Uint8Array): void {
    const { offset, head, sha256 } = this.#from;
    const { added } = this.#digest;
    const cut = Math.max(0, offset - (added - chunk.length));
    if (!this.#isSame) {
      this.#lastByte = chunk.subarray(0, cut).at(-1) ?? this.#lastByte;
      if (added >= head.offset) this.#headIsSame ??= this.#digest.at(head.offset) === head.sha256;
      if (added < offset) return;
      if (this.#digest.at(offset) !== sha256) {
        throw this.#refused(this.#headIsSame ? reasons.changed() : reasons.replaced());
      }
      this.#isSame = true;
    }
    for (const byte of chunk.subarray(cut, cut + 2)) this.#passLineEnd(byte);
  }

  /**
   * Must be called at the end of the feed.
   * @throws {FeedError}
   */
  end(): void {
    if (this.#isSame) return;
    const why = this.#headIsSame === false ? reasons.replaced() : reasons.truncated(this.#digest.added, this.#from);
    throw this.#refused(why);
  }

  /**
   * Returns how many rows of these are before the position and so have been delivered.
   * @param rowsBefore number of rows of the feed before them
   * @throws {FeedError}
   */
  known(rows: readonly PlacedRow[], rowsBefore: number): number {
    if (this.#isPast) return 0;
    const index = rows.findIndex((row) => !this.#isBefore(row));
    const known = (index === -1 ? rows : rows.slice(0, index)).reduce((sum, row) => sum + (row.rows ?? 1), 0);
    if (index === -1) return known;
    this.#isPast = true;
    if (rowsBefore + known === this.#from.rows) return known;
    throw this.#refused(reasons.countedDifferently(rowsBefore + known, this.#from));
  }

  /** A row that was cut off when it was delivered, and is longer now, is another row. */
  #isBefore({ start, next }: PlacedRow): boolean {
    const { offset } = this.#from;
    if (start.offset >= offset) return false;
    if (next.offset > offset + this.#lineEnd.length) throw this.#refused(reasons.incomplete());
    return true;
  }

  /** The last line may have had no line end. If so, whatever is appended must begin with one. */
  #passLineEnd(byte: number): void {
    const last = this.#lineEnd.at(-1) ?? this.#lastByte;
    if (last === lineFeed) return;
    if (byte !== lineFeed && (byte !== carriageReturn || last === carriageReturn))
      throw this.#refused(reasons.incomplete());
    this.#lineEnd.push(byte);
  }

  #refused(why: string): Error {
    return positionRefused(this.#feed, this.#from, why);
  }
}
