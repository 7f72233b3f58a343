import { maxJournalsPerRequest } from '../contract/endpoints/realtimeEndpoints.js';
import type { TransactionJournalInput } from '../contract/endpoints/realtimeEndpoints.js';
import type { LoyaltyClient } from '../client/index.js';
import { seededRandom } from '../base/random.js';
import { dayNumber, calendarDay } from './feed/calendarDays.js';
import { membershipNumber } from './feed/membership.js';
import { resolveFeed } from './feed/feedOptions.js';
import { receipts } from './feed/receipts.js';
import type { Receipt } from './feed/receipts.js';

/** Prefix of the receipt's number in `ExternalTransactionNumber`. No feed of the example uses it. */
const keyPrefix = 'example:';
/** Enough for the busiest member to complete the longest promotion, while the others are still on their way. */
const linesPerMember = 48;
const seed = 1;

export interface HistoryOptions {
  readonly program: string;
  /** How many members bought something. */
  readonly members: number;
  /** Number of days on which they did. */
  readonly days: number;
  /** `yyyy-MM-dd`. The purchases are on the days before it. */
  readonly today: string;
}

/**
 * Sends purchases of the last weeks as an integration would, so that the org itself computes balances, ledgers, tiers
 * and progress. An org that already has such purchases gets no more.
 * @throws {LoyaltyApiError | LoyaltyProcessError | LostAnswerError}
 */
export async function createHistory(client: LoyaltyClient, options: HistoryOptions): Promise<void> {
  if (await client.journals.existsWithPrefix(keyPrefix)) return;
  const journals = [...purchases(options)];
  for (let start = 0; start < journals.length; start += maxJournalsPerRequest) {
    await client.journals.execute(options.program, journals.slice(start, start + maxJournalsPerRequest));
  }
}

function* purchases({ members, days, today }: HistoryOptions): Generator<TransactionJournalInput> {
  const firstDay = calendarDay(dayNumber(today) - days);
  const rows = members * linesPerMember;
  const feed = resolveFeed({ seed, rows, members, firstDay, days, withoutMember: 0, cancelled: 0 });
  for (const receipt of receipts(feed, seededRandom(seed))) {
    if (receipt.member !== undefined) yield journalOf(receipt, membershipNumber(receipt.member));
  }
}

function journalOf({ number, store, day, minute, lines }: Receipt, member: string): TransactionJournalInput {
  // Prices are tenths of a cent.
  const cents = Math.round(lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0) / 10);
  return {
    MembershipNumber: member,
    ActivityDate: `${calendarDay(day)}T${timeOf(minute)}:00.000Z`,
    JournalTypeName: 'Accrual',
    JournalSubTypeName: 'Purchase',
    ExternalTransactionNumber: `${keyPrefix}${number}`,
    TransactionAmount: (cents / 100).toFixed(2),
    TransactionLocation: store,
    Status: 'Pending',
  };
}

function timeOf(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
