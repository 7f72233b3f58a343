import type { Mark } from '../../base/rowBytes.js';
import type { FeedPosition } from '../feed.js';
import type { FrontDigest } from './frontDigest.js';
import { positionRefused, reasons } from '../positionRefused.js';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

interface PlacedRow {
  readonly start: Mark;
  readonly next: Mark;
}

/** Compares what lies in front of a position with what lay there when it was taken, while the bytes pass. */
export class FrontCheck {
  readonly #feed: string;
  readonly #from: FeedPosition;
  readonly #digest: FrontDigest;
  #headIsSame: boolean | undefined;
  #isSame = false;
  #isPast = false;
  #lastByte: number | undefined;
  /** End of the line that had none when the position was taken. */
  #lineEnd: number[] = [];

  constructor(feed: string, from: FeedPosition, digest: FrontDigest) {
    this.#feed = feed;
    this.#from = from;
    this.#digest = digest;
  }

  /** Whether everything in front of the position has passed, and is the same. */
  get isSame(): boolean {
    return this.#isSame;
  }

  /** To be called with every chunk after it was added to the digest, and before anybody sees it. @throws {FeedError} */
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

  /** To be called at the end of the feed. @throws {FeedError} */
  end(): void {
    if (this.#isSame) return;
    const why = this.#headIsSame === false ? reasons.replaced() : reasons.truncated(this.#digest.added, this.#from);
    throw this.#refused(why);
  }

  /**
   * How many of these rows lie in front of the position, so that they have been delivered.
   * @param rowsBefore rows of the feed in front of them
   * @throws {FeedError}
   */
  known(rows: readonly PlacedRow[], rowsBefore: number): number {
    if (this.#isPast) return 0;
    const known = rows.findIndex((row) => !this.#isBefore(row));
    if (known === -1) return rows.length;
    this.#isPast = true;
    if (rowsBefore + known === this.#from.rows) return known;
    throw this.#refused(reasons.countedDifferently(rowsBefore + known, this.#from));
  }

  /** A row that was cut off when it was delivered, and is a longer one now, is another row. */
  #isBefore({ start, next }: PlacedRow): boolean {
    const { offset } = this.#from;
    if (start.offset >= offset) return false;
    if (next.offset > offset + this.#lineEnd.length) throw this.#refused(reasons.incomplete());
    return true;
  }

  /** A last line may lack its end; what is appended then must begin with that. */
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
