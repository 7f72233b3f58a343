import { z } from 'zod';
import { soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { standardActions } from '../../contract/actions/index.js';
import { once } from './keyedCall.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';
import { tracedCall } from './ledgerTrace.js';
import type { TransferredPoints } from './transferPoints.js';

export interface GroupTransfer {
  readonly program: string;
  /** Id of the LoyaltyProgramMember whose accrual is shared. */
  readonly memberId: string;
  /** Id of the accrual. */
  readonly journalId: string;
}

/**
 * Gives the groups of a member their share of an accrual, once per accrual: what the ledger shows as shared, by whatever
 * key or sender, is not shared again. The guide does not say whether an org refuses a second time.
 *
 * @throws {KeyConflictError}
 */
export async function transferToGroups(
  client: LoyaltyClient,
  { program, memberId, journalId }: GroupTransfer,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<TransferredPoints>> {
  const id = soqlText(journalId);
  const ofJournal = `(TransactionJournalId = ${id} OR TransactionJournal.RelatedJournalId = ${id})`;
  const rows = { memberId, condition: `EventType IN ('Debit', 'Transfer') AND ${ofJournal}`, byActionOnly: false };
  const traced = tracedCall<TransferredPoints>(client, rows, ([first = null]) => ({ journalId: first }));
  return once<TransferredPoints>(
    { member: memberId, ...options, content: ['transferToGroups', program, journalId] },
    {
      before: () => traced.before(),
      leavesKey: true,
      send: async () => {
        await client.actions.run(standardActions.transferMemberPointsToGroups, { JournalId: journalId });
        return { journalId: null };
      },
      check: async (before) => {
        const earlier = await findTransfer(client, memberId, journalId);
        if (earlier !== undefined) return { answer: { journalId: earlier } };
        return before === null ? 'absent' : traced.check(before);
      },
    },
  );
}

const LedgerRow = z.object({
  TransactionJournalId: z.string().nullable(),
  EventType: z.string().nullable(),
  TransactionJournal: z.object({ JournalType: z.object({ Name: z.string().nullable() }).nullable() }).nullable(),
});

/** Journals that may be related to an accrual, and take points of the member, without sharing it. */
const others = new Set([
  ...['accrual', 'redemption', 'accrual reversal', 'redemption reversal'],
  ...['manual points adjustment', 'points expiration', 'qualifying points reset'],
]);

/**
 * Returns the journal by which the accrual was shared: a related one that has taken points, or the accrual itself if it
 * has a transfer. An org may name the type otherwise. A type that is not known counts as one: sharing twice would be worse.
 */
async function findTransfer(client: LoyaltyClient, memberId: string, journalId: string): Promise<string | undefined> {
  const id = soqlText(journalId);
  const rows = await client.query.allRows(
    'SELECT TransactionJournalId, EventType, TransactionJournal.JournalType.Name FROM LoyaltyLedger ' +
      `WHERE LoyaltyProgramMemberId = ${soqlText(memberId)} AND ((EventType = 'Transfer' AND TransactionJournalId = ${id}) ` +
      `OR (EventType IN ('Debit', 'Transfer') AND TransactionJournal.RelatedJournalId = ${id})) ORDER BY Id`,
    LedgerRow,
  );
  const shared = rows.find(({ EventType, TransactionJournal }) => {
    const type = TransactionJournal?.JournalType?.Name?.toLowerCase() ?? '';
    return EventType === 'Transfer' || !others.has(type);
  });
  return shared && (shared.TransactionJournalId ?? journalId);
}
