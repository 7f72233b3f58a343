import { seededRandom } from '../../base/random.js';
import { csvLine } from '../../base/csv/csvCell.js';
import { shortDay } from './calendarDays.js';
import { membershipNumber } from './membership.js';
import { resolveFeed } from './feedOptions.js';
import type { HarbourFeedOptions, ResolvedFeed } from './feedOptions.js';
import { receipts } from './receipts.js';
import type { Receipt } from './receipts.js';

const header = ['Receipt', 'Product', 'Description', 'Quantity', 'Date', 'UnitPrice', 'Member', 'Store'];
/** Web shops write it for spreadsheets. */
const byteOrderMark = '\uFEFF';

/**
 * Generates the feed of the example program, as the export of its shop would write it, in UTF-8 with a byte-order mark:
 * one row per line of a receipt, with the lines of a receipt together. Products repeat within a receipt. Cancellations
 * have a number that begins with C and negative quantities. Some receipts have no member, some lines cost nothing, and a
 * few members buy very often. `examples/harbour-feed.yml` maps the rows. For a feed of any other program, use
 * `transactionFeed`.
 *
 * Yields the header, then one piece of text per receipt. Memory does not grow with `rows`.
 *
 * @throws {RangeError} for an option out of range
 */
export function* harbourFeed(options: HarbourFeedOptions): Generator<string, void, void> {
  const feed = resolveFeed(options);
  yield byteOrderMark + csvLine(header);
  for (const receipt of receipts(feed, seededRandom(feed.seed))) yield textOf(receipt, feed);
}

function textOf(receipt: Receipt, { dates }: ResolvedFeed): string {
  const { number, member, store, lines } = receipt;
  const date = dates === 'date' ? shortDay(receipt.day) : `${shortDay(receipt.day)} ${timeOfDay(receipt.minute)}`;
  const membership = member === undefined ? '' : membershipNumber(member);
  return lines
    .map(({ product, quantity, price }) =>
      csvLine([number, product.code, product.description, `${quantity}`, date, decimal(price), membership, store]),
    )
    .join('');
}

function timeOfDay(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Formats tenths of a cent as a decimal number without trailing zeros: 3400 is `3.4`. */
function decimal(price: number): string {
  const whole = Math.floor(price / 1000);
  const fraction = String(price % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return fraction === '' ? `${whole}` : `${whole}.${fraction}`;
}
