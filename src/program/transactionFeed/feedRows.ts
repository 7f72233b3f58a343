import { seededRandom } from '../../base/random.js';
import type { Random } from '../../base/random.js';
import { stores } from '../feed/exampleShop.js';
import { chance, pick } from '../feed/randomDraw.js';
import { badLine, badRowReasons } from './badRows.js';
import type { BadRowReason } from './badRows.js';
import { lineOf } from './feedLines.js';
import type { FeedTransaction } from './feedLines.js';
import { MemberChoice } from './memberChoice.js';
import { daysLater, momentOf, purchaseTimes } from './purchaseTimes.js';
import { RecentItems } from './recentItems.js';
import type { ResolvedTransactionFeed, RowShares } from './transactionFeedOptions.js';

/** What a row of a generated feed is, whatever a reader makes of it. */
export interface FeedTruth {
  /** Number of its line in the file. The first line is 1. */
  readonly line: number;
  /** `duplicate`: an earlier row again. */
  readonly kind: 'purchase' | 'return' | 'duplicate' | 'bad';
  /** Dated one to three days before the rows around it. */
  readonly isLate: boolean;
  /** Of a bad row. */
  readonly reason?: BadRowReason;
  /** What the row says; of a bad row, what it would say. */
  readonly transaction: FeedTransaction;
}

export interface GeneratedRow {
  /** The row with its line end. */
  readonly text: string;
  readonly truth: FeedTruth;
}

type Drawn = Omit<FeedTruth, 'line'> & { readonly text: string };

/** How many purchases can still be given back, and how many rows repeated. */
const mostReturnable = 1000;
const mostRepeatable = 100;
const mostDaysLate = 3;
const shareAtFavoriteStore = 0.75;
const shareFreeOfCharge = 0.005;
const shareReturnedInFull = 0.7;

/** Yields the rows of a feed. What it keeps in memory does not grow with the number of rows. */
export function* feedRows(feed: ResolvedTransactionFeed): Generator<GeneratedRow, void, void> {
  const writer = new RowWriter(feed);
  let line = feed.format === 'csv' ? 2 : 1;
  for (const time of purchaseTimes(feed)) {
    const { text, ...truth } = writer.next(time);
    yield { text, truth: { line: line++, ...truth } };
  }
}

class RowWriter {
  readonly #feed: ResolvedTransactionFeed;
  readonly #random: Random;
  readonly #choice: MemberChoice;
  readonly #returnable = new RecentItems<FeedTransaction>(mostReturnable);
  readonly #repeatable = new RecentItems<Drawn>(mostRepeatable);
  #made = 0;

  constructor(feed: ResolvedTransactionFeed) {
    this.#feed = feed;
    this.#random = seededRandom(feed.seed);
    this.#choice = new MemberChoice(feed);
  }

  /** @param time seconds since 1970 */
  next(time: number): Drawn {
    const drawn = this.#drawn(drawShare(this.#feed.shares, this.#random), time);
    if (drawn.kind === 'purchase' || drawn.kind === 'return') this.#repeatable.add(drawn, this.#random);
    if (drawn.kind === 'purchase' && drawn.transaction.cents > 0) this.#returnable.add(drawn.transaction, this.#random);
    return drawn;
  }

  /** What cannot be drawn yet, such as a return before the first purchase, is a purchase. */
  #drawn(what: keyof RowShares | undefined, time: number): Drawn {
    switch (what) {
      case 'returns':
        return this.#return(time) ?? this.#purchase(time);
      case 'duplicates': {
        const earlier = this.#repeatable.take(this.#random);
        return earlier ? { ...earlier, kind: 'duplicate' } : this.#purchase(time);
      }
      case 'late': {
        const most = Math.min(mostDaysLate, momentOf(time).day - this.#feed.firstDay);
        if (most === 0) return this.#purchase(time);
        return { ...this.#purchase(daysLater(time, -this.#random.integer(1, most))), isLate: true };
      }
      case 'bad':
        return this.#bad(time);
      default:
        return this.#purchase(time);
    }
  }

  #purchase(time: number): Drawn {
    const transaction = this.#bought(time);
    return { kind: 'purchase', isLate: false, transaction, text: lineOf(transaction, this.#feed.format) };
  }

  #return(time: number): Drawn | undefined {
    const sale = this.#returnable.take(this.#random);
    if (sale === undefined) return undefined;
    const cents = chance(this.#random, shareReturnedInFull) ? sale.cents : this.#random.integer(1, sale.cents);
    const transaction = { ...sale, number: this.#number(), time, cents: -cents, returnOf: sale.number };
    return { kind: 'return', isLate: false, transaction, text: lineOf(transaction, this.#feed.format) };
  }

  #bad(time: number): Drawn {
    const transaction = this.#bought(time);
    const reason = pick(this.#random, badRowReasons);
    const text = badLine(transaction, reason, { format: this.#feed.format, random: this.#random });
    return { kind: 'bad', isLate: false, reason, transaction, text };
  }

  #bought(time: number): FeedTransaction {
    const random = this.#random;
    const { index, store, spending } = this.#choice.at(time, random);
    const isAtFavorite = chance(random, shareAtFavoriteStore);
    const spent = Math.round((spending * random.integer(40, 200)) / 100);
    return {
      number: this.#number(),
      time,
      member: this.#feed.members.number(index),
      ...pick(random, this.#feed.kinds),
      cents: chance(random, shareFreeOfCharge) ? 0 : spent,
      location: isAtFavorite ? (stores[store % stores.length] ?? '') : pick(random, stores),
      returnOf: '',
    };
  }

  /** Numbers of feeds from different seeds differ. */
  #number(): string {
    this.#made += 1;
    return `T${this.#feed.seed}-${String(this.#made).padStart(7, '0')}`;
  }
}

/** Returns what the next row is. Undefined for a purchase in time. */
function drawShare(shares: RowShares, random: Random): keyof RowShares | undefined {
  let rest = random.next();
  for (const name of ['returns', 'duplicates', 'late', 'bad'] as const) {
    if (rest < shares[name]) return name;
    rest -= shares[name];
  }
  return undefined;
}
