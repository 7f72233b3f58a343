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
  const condition = `LoyaltyProgramCurrencyId = ${soqlText(currency.id)} AND EventType != 'Credit'`;
  const traced = { memberId: sourceId, condition, points: -points, byActionOnly: true };
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
      ...tracedCall(client, traced, ([journalId = null]) => ({ journalId })),
      send: async () => {
        const output = await client.actions.run(standardActions.transferPoints, input);
        return { journalId: output.sourceTransactionJournalId ?? null };
      },
    },
  );
}
