import type { Random } from '../../base/random.js';
import { chance, pick, pickSkewed, skewedIndex, spreadIndexes } from './randomDraw.js';
import type { ResolvedFeed } from './feedOptions.js';
import { products, stores } from './exampleShop.js';
import type { Product } from './exampleShop.js';

export interface ReceiptLine {
  readonly product: Product;
  /** Negative if something is returned. */
  readonly quantity: number;
  /** Tenths of a cent, at the time of sale. */
  readonly price: number;
}

export interface Receipt {
  /** A cancellation has a new number, which begins with C. */
  readonly number: string;
  /** Index of the member. Undefined for a customer who is not a member. */
  readonly member: number | undefined;
  readonly store: string;
  /** Days since 1970, and minutes since midnight, in the shop's local time. */
  readonly day: number;
  readonly minute: number;
  readonly lines: readonly ReceiptLine[];
}

type Sale = Pick<Receipt, 'member' | 'store' | 'lines'>;

const firstNumber = 700_001;
const opensAt = 7 * 60;
const minutesOpen = 12 * 60;
/** How many sales a customer can still return. */
const recentSales = 50;
/** The other cancellations concern sales from before the feed, so they leave balances below zero. */
const shareCancellingRecent = 0.75;
const shareFreeOfCharge = 0.005;
const shareWholesale = 0.02;

/** Yields the receipts of the shop in order, with `feed.rows` lines in total. Keeps only the recent sales in memory. */
export function* receipts(feed: ResolvedFeed, random: Random): Generator<Receipt, void, void> {
  const recent: Sale[] = [];
  const shuffled = spreadIndexes(feed.members);
  let rows = 0;
  for (let number = firstNumber; rows < feed.rows; number++) {
    const cancels = chance(random, feed.cancelled);
    const sale = cancels ? cancellation(recent, feed, random) : purchase(feed, random);
    if (!cancels) remember(recent, sale, random);
    const lines = sale.lines.slice(0, feed.rows - rows);
    const member = sale.member === undefined ? undefined : shuffled(sale.member);
    yield { ...sale, number: `${cancels ? 'C' : ''}${number}`, member, lines, ...timeOf(rows, feed) };
    rows += lines.length;
  }
}

/** Spreads the rows evenly over the opening hours of all days, so that a feed of any length fits between two dates. */
function timeOf(row: number, { rows, days, firstDay }: ResolvedFeed): Pick<Receipt, 'day' | 'minute'> {
  const minute = Math.floor((row / rows) * days * minutesOpen);
  return { day: firstDay + Math.floor(minute / minutesOpen), minute: opensAt + (minute % minutesOpen) };
}

function purchase(feed: ResolvedFeed, random: Random): Sale {
  const member = someMember(feed, random);
  const store = pickSkewed(random, stores);
  // Mostly short receipts: 4 lines on average, seldom more than 14.
  const length = 1 + Math.floor(random.next() * random.next() * random.next() * 28);
  const lines: ReceiptLine[] = [];
  while (lines.length < length) lines.push(line(lines, random));
  return { member, store, lines };
}

function someMember({ members, withoutMember }: ResolvedFeed, random: Random): number | undefined {
  return chance(random, withoutMember) ? undefined : skewedIndex(random, members);
}

/** Draws a line. Popular products repeat within a receipt, but less often than they are bought. */
function line(before: readonly ReceiptLine[], random: Random): ReceiptLine {
  const popular = pickSkewed(random, products);
  const product = before.some((each) => each.product === popular) ? pick(random, products) : popular;
  return {
    product,
    quantity: quantityOf(product, random),
    price: chance(random, shareFreeOfCharge) ? 0 : product.price,
  };
}

function quantityOf(product: Product, random: Random): number {
  if (product.soldByGram) return 25 * random.integer(1, 8);
  return chance(random, shareWholesale) ? 12 * random.integer(1, 3) : 1 + skewedIndex(random, 4);
}

/** Draws a cancellation, which takes back up to three lines of one sale, in part or in full. */
function cancellation(recent: Sale[], feed: ResolvedFeed, random: Random): Sale {
  const known = recent.length > 0 && chance(random, shareCancellingRecent);
  const sale = known ? takeOut(recent, random) : purchase(feed, random);
  const from = random.integer(0, sale.lines.length - 1);
  const lines = sale.lines.slice(from, from + random.integer(1, 3));
  return { ...sale, lines: lines.map((each) => ({ ...each, quantity: -random.integer(1, each.quantity) })) };
}

function takeOut(recent: Sale[], random: Random): Sale {
  const sale = pick(random, recent);
  recent.splice(recent.indexOf(sale), 1);
  return sale;
}

function remember(recent: Sale[], sale: Sale, random: Random): void {
  if (recent.length < recentSales) recent.push(sale);
  else recent[random.integer(0, recentSales - 1)] = sale;
}
