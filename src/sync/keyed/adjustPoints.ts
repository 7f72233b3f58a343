import { soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { standardActions } from '../../contract/actions/index.js';
import { once } from './keyedCall.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';
import { tracedCall } from './ledgerTrace.js';

export interface PointsAdjustment {
  readonly program: string;
  /** Id of the LoyaltyProgramMember. */
  readonly memberId: string;
  /** Id of the LoyaltyProgramCurrency. */
  readonly currencyId: string;
  readonly type: 'Credit' | 'Debit';
  readonly points: number;
  readonly reason: string;
  readonly category?: string | undefined;
  /** `yyyy-MM-dd`. Only for a credit. */
  readonly expirationDate?: string | undefined;
}

export interface AdjustedPoints {
  /** Id of the journal that the adjustment has made. */
  readonly journalId: string;
}

/**
 * Adjusts points once per key. The action leaves no key in the org, so the ledger rows and balances before it are stored
 * with the intent. Only this machine knows the key.
 * @throws {KeyConflictError}
 */
export async function adjustPoints(
  client: LoyaltyClient,
  adjustment: PointsAdjustment,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<AdjustedPoints>> {
  const { program, memberId, currencyId, type, points, reason, category, expirationDate } = adjustment;
  const condition = `LoyaltyProgramCurrencyId = ${soqlText(currencyId)}`;
  const moved = type === 'Credit' ? points : -points;
  const input = {
    LoyaltyProgramMemberId: memberId,
    AdjustmentType: type,
    Points: points,
    ReasonforChange: reason,
    LoyaltyProgramCurrencyId: currencyId,
    ...(category !== undefined && { AdjustmentCategory: category }),
    ...(expirationDate !== undefined && { PointsExpirationDate: expirationDate }),
  };
  const content = ['adjustPoints', program, memberId, currencyId, type, points, reason, category, expirationDate];
  return once<AdjustedPoints>(
    { member: memberId, ...options, content },
    {
      ...tracedCall(client, { memberId, condition, points: moved, byActionOnly: true }, ([journalId = '']) => ({
        journalId,
      })),
      send: async () => {
        const output = await client.actions.run(standardActions.adjustPoints, input);
        return { journalId: output.AdjustmentTransactionJournalId };
      },
    },
  );
}
