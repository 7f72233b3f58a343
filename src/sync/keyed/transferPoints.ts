import { soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { standardActions } from '../../contract/actions/index.js';
import { once } from './keyedCall.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';
import { tracedCall } from './ledgerTrace.js';

export interface PointsTransfer {
  readonly program: string;
  readonly currency: { readonly id: string; readonly name: string };
  /** A whole number. */
  readonly points: number;
  /** Id of the LoyaltyProgramMember that gives. */
  readonly sourceId: string;
  /** Id of the LoyaltyProgramMember that receives: another member, or a group of the first one. */
  readonly targetId: string;
  readonly note?: string | undefined;
}

export interface TransferredPoints {
  /** Id of the journal that has taken the points; null if the org did not tell. */
  readonly journalId: string | null;
}

/** Transfers points once per key, as `adjustPoints` adjusts them. @throws {KeyConflictError} */
export async function transferPoints(
  client: LoyaltyClient,
  { program, currency, points, sourceId, targetId, note }: PointsTransfer,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<TransferredPoints>> {
  const condition = `LoyaltyProgramCurrencyId = ${soqlText(currency.id)} AND EventType != 'Credit' AND Points = ${points}`;
  const input = {
    programName: program,
    programCurrencyName: currency.name,
    transferPoints: points,
    sourceProgramMemberId: sourceId,
    targetProgramMemberId: targetId,
    ...(note !== undefined && { additionalInformation: note }),
  };
  const content = ['transferPoints', program, currency.id, points, sourceId, targetId];
  return once<TransferredPoints>(
    { member: sourceId, ...options, content },
    {
      ...tracedCall(client, { memberId: sourceId, condition, byActionOnly: true }, ([journalId = null]) => ({
        journalId,
      })),
      send: async () => {
        const output = await client.actions.run(standardActions.transferPoints, input);
        return { journalId: output.sourceTransactionJournalId ?? null };
      },
    },
  );
}

export interface GroupTransfer {
  readonly program: string;
  /** Id of the LoyaltyProgramMember whose accrual is shared. */
  readonly memberId: string;
  /** Id of the accrual. */
  readonly journalId: string;
}

/** Gives the groups of a member their share of an accrual, once per key. @throws {KeyConflictError} */
export async function transferToGroups(
  client: LoyaltyClient,
  { program, memberId, journalId }: GroupTransfer,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<TransferredPoints>> {
  const id = soqlText(journalId);
  const ofJournal = `(TransactionJournalId = ${id} OR TransactionJournal.RelatedJournalId = ${id})`;
  const condition = `EventType IN ('Debit', 'Transfer') AND ${ofJournal}`;
  return once<TransferredPoints>(
    { member: memberId, ...options, content: ['transferToGroups', program, journalId] },
    {
      ...tracedCall(client, { memberId, condition, byActionOnly: false }, ([first = null]) => ({ journalId: first })),
      send: async () => {
        await client.actions.run(standardActions.transferMemberPointsToGroups, { JournalId: journalId });
        return { journalId: null };
      },
    },
  );
}
