import { z } from 'zod';
import { ledgerSum, soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { OnceCall } from './keyedCall.js';

/** What shows later whether points were moved by an action, which leaves no key in the org. */
interface LedgerTrace {
  /** Journals that moved as many points as the action does; without a number of points, once for each ledger row. */
  readonly journals: readonly string[];
  /** What the member has in every currency. */
  readonly balances: string;
}

/** The ledger rows that an action would leave. */
export interface TracedRows {
  readonly memberId: string;
  /** What the rows of one journal add up to: an org may split a movement. A debit and a transfer are negative. */
  readonly points?: number;
  /** On LoyaltyLedger, besides the member. */
  readonly condition: string;
  /** Rows of other journals, such as those of purchases, are not meant. */
  readonly byActionOnly: boolean;
}

const LedgerRow = z.object({
  Points: z.number().nullable(),
  EventType: z.string().nullable(),
  TransactionJournalId: z.string().nullable(),
  TransactionJournal: z.object({ JournalType: z.object({ Name: z.string().nullable() }).nullable() }).nullable(),
});
const CurrencyRow = z.object({ Id: z.string(), PointsBalance: z.number().nullable() });

/**
 * Returns what an action on ledger rows needs to be made once: one new movement means that it happened, none and the
 * same balances that it did not (yet), and anything else that somebody else has moved points.
 *
 * @param answer from the journals of the new rows, where the org's answer was lost
 */
export function tracedCall<T>(
  client: LoyaltyClient,
  rows: TracedRows,
  answer: (journalIds: readonly string[]) => T,
): Required<Pick<OnceCall<T>, 'before' | 'check'>> {
  return {
    before: () => readTrace(client, rows),
    check: async (before) => {
      const earlier = before as LedgerTrace;
      const now = await readTrace(client, rows);
      const added = withoutFirst(now.journals, earlier.journals);
      if (added.length > 0) return rows.byActionOnly && added.length > 1 ? 'unclear' : { answer: answer(added) };
      return now.balances === earlier.balances ? 'absent' : 'unclear';
    },
  };
}

async function readTrace(client: LoyaltyClient, rows: TracedRows): Promise<LedgerTrace> {
  const ofMember = soqlText(rows.memberId);
  const [ledger, currencies] = await Promise.all([
    client.query.allRows(
      'SELECT Points, EventType, TransactionJournalId, TransactionJournal.JournalType.Name FROM LoyaltyLedger ' +
        `WHERE LoyaltyProgramMemberId = ${ofMember} AND ${rows.condition} ORDER BY Id`,
      LedgerRow,
    ),
    client.query.allRows(
      `SELECT Id, PointsBalance FROM LoyaltyMemberCurrency WHERE LoyaltyMemberId = ${ofMember} ORDER BY Id`,
      CurrencyRow,
    ),
  ]);
  return {
    journals: journalsIn(
      ledger.filter((row) => !rows.byActionOnly || isByAction(row)),
      rows.points,
    ),
    balances: JSON.stringify(currencies.map(({ Id, PointsBalance }) => [Id, PointsBalance])),
  };
}

function journalsIn(ledger: readonly z.infer<typeof LedgerRow>[], points: number | undefined): string[] {
  const ids = ledger.map((row) => row.TransactionJournalId ?? '');
  if (points === undefined) return ids;
  const byJournal = Map.groupBy(ledger, (row) => row.TransactionJournalId ?? '');
  return [...byJournal].filter(([, own]) => ledgerSum(own, -1).equals(points)).map(([id]) => id);
}

/** Orgs may name the journal types of actions in their own language, but not these two. */
function isByAction({ TransactionJournal }: z.infer<typeof LedgerRow>): boolean {
  const type = TransactionJournal?.JournalType?.Name?.toLowerCase();
  return type !== 'accrual' && type !== 'redemption';
}

/** Returns what `all` has more than `known`. */
function withoutFirst(all: readonly string[], known: readonly string[]): string[] {
  const left = [...known];
  return all.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
