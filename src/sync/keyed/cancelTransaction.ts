import type { LoyaltyClient, LookedUpJournal } from '../../client/index.js';
import { standardActions } from '../../contract/actions/index.js';
import { once } from './keyedCall.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';

export interface TransactionCancellation {
  readonly program: string;
  /** Id of the TransactionJournal. */
  readonly journalId: string;
  readonly type: 'Accrual' | 'Redemption';
  readonly reason: string;
  readonly category?: string | undefined;
  /** `yyyy-MM-dd` for the points that a cancelled redemption gives back. */
  readonly expiryDate?: string | undefined;
}

export interface CancelledTransaction {
  /** Id of the journal that cancels; null if the org shows only that the other one is cancelled. */
  readonly cancellationId: string | null;
}

/**
 * Cancels an accrual or a redemption once. The reversal is related to the journal, so any machine can find out whether
 * it was cancelled, by whatever key.
 * @throws {KeyConflictError}
 */
export async function cancelTransaction(
  client: LoyaltyClient,
  cancellation: TransactionCancellation,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<CancelledTransaction>> {
  const { program, journalId, type } = cancellation;
  return once<CancelledTransaction>(
    { ...options, content: ['cancelTransaction', program, journalId] },
    {
      send: async () => {
        const output = await (type === 'Accrual'
          ? runAccrual(client, cancellation)
          : runRedemption(client, cancellation));
        return { cancellationId: output.CancellationTransactionJournalId };
      },
      check: async () => {
        const reversal = (await client.journals.relatedTo(journalId)).find(isReversal);
        if (reversal) return { answer: { cancellationId: reversal.Id } };
        const [journal] = await client.journals.named(program, journalId);
        return journal?.Status === 'Cancelled' ? { answer: { cancellationId: null } } : 'absent';
      },
    },
  );
}

function runAccrual(client: LoyaltyClient, cancellation: TransactionCancellation) {
  return client.actions.run(standardActions.cancelAccrual, inputOf(cancellation));
}

function runRedemption(client: LoyaltyClient, { expiryDate, ...cancellation }: TransactionCancellation) {
  const day = expiryDate === undefined ? {} : { ExpiryDate: expiryDate };
  return client.actions.run(standardActions.cancelRedemption, { ...inputOf(cancellation), ...day });
}

function inputOf({ journalId, reason, category }: TransactionCancellation) {
  return {
    TransactionJournalId: journalId,
    CancellationReason: reason,
    ...(category !== undefined && { ReversalCategory: category }),
  };
}

/** Journals that may be related to another one without cancelling it. */
const others = new Set(['accrual', 'redemption', 'manual points adjustment', 'points transfer']);

/** An org may name its reversals otherwise. A type that is not known counts as one: cancelling twice would be worse. */
function isReversal({ JournalType, Status }: LookedUpJournal): boolean {
  return Status !== 'Error' && !others.has(JournalType?.Name?.toLowerCase() ?? '');
}
