import { systemClock } from '../../base/clock.js';
import { executedJournals, failedJournalsVerdict } from '../../client/index.js';
import type { LoyaltyClient, MovedPoints } from '../../client/index.js';
import type { TransactionJournalInput } from '../../contract/endpoints/realtimeEndpoints.js';
import { findTransaction } from './findTransaction.js';
import { once } from './keyedCall.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';
import { journalNumber } from './movePointsOnce.js';

export interface MemberTransaction {
  readonly program: string;
  /** Membership number. */
  readonly member: string;
  /** As text, so that it never passes through a binary number. */
  readonly amount: string;
  readonly journalType: string;
  readonly journalSubType?: string | undefined;
  /** ISO 8601 date-time. Without it: now. */
  readonly activityDate?: string | undefined;
}

export interface ExecutedTransaction {
  readonly journalId: string | null;
  /** Null if only the journal in the org shows that it ran. */
  readonly points: readonly MovedPoints[] | null;
  readonly vouchers: readonly string[];
}

/**
 * Runs a transaction once per key, in real time. The key is stored in `ExternalTransactionNumber` of the journal, so any
 * machine can find out whether it ran.
 * @throws {KeyConflictError}
 * @throws {PendingTransactionError}
 */
export async function executeTransaction(
  client: LoyaltyClient,
  transaction: MemberTransaction,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<ExecutedTransaction>> {
  const { program, member, amount, journalType, journalSubType = null, activityDate = null } = transaction;
  const { key } = options;
  const number = await journalNumber(client, key, options.clock);
  const content = ['executeTransaction', program, member, amount, journalType, journalSubType, activityDate];
  return once<ExecutedTransaction>(
    { member, ...options, content },
    {
      send: async () => {
        const journal = { ...journalOf(transaction, options), ExternalTransactionNumber: number };
        const [executed] = executedJournals(await client.journals.execute(program, [journal]));
        return executed ?? { journalId: null, points: null, vouchers: [] };
      },
      judge: failedJournalsVerdict,
      check: async () => {
        const found = await findTransaction(client, { key, number, program, member, amount, journalType });
        return found ? { answer: { journalId: found.Id, points: null, vouchers: [] } } : 'absent';
      },
    },
  );
}

function journalOf(
  { member, amount, journalType, journalSubType, activityDate }: MemberTransaction,
  { clock = systemClock }: Pick<OnceOptions, 'clock'>,
): TransactionJournalInput {
  return {
    ActivityDate: activityDate ?? new Date(clock.now()).toISOString(),
    MembershipNumber: member,
    JournalTypeName: journalType,
    ...(journalSubType !== undefined && { JournalSubTypeName: journalSubType }),
    TransactionAmount: amount,
    Status: 'Pending',
  };
}
