import { cancelAccrual, cancelRedemption } from '../../../contract/actions/reversalActions.js';
import { definedValues } from '../../../base/definedValues.js';
import type { StoredJournal } from '../journalReader.js';
import { givenDay } from '../givenDay.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { insertOrgJournal } from '../systemJournals.js';
import { ProcessFailure } from '../processFailure.js';
import { movesBack } from './movesBack.js';
import { enterMoves, journalGiven } from './pointsMove.js';
import { serveAction } from './servedAction.js';
import type { ActionCall } from './servedAction.js';

type Cancellation = ActionCall<typeof cancelAccrual.inputs>;

export const reverseAccrual = serveAction(cancelAccrual, (loyalty, call) =>
  reverse(loyalty, call, { type: 'Accrual' }),
);

export const reverseRedemption = serveAction(cancelRedemption, (loyalty, call) => {
  return reverse(loyalty, call, {
    type: 'Redemption',
    expiryDate: givenDay('ExpiryDate', call.inputs.text('ExpiryDate')),
  });
});

interface Reversal {
  readonly type: 'Accrual' | 'Redemption';
  /** For points that are given back. */
  readonly expiryDate?: string | undefined;
}

/**
 * A related journal moves back what the ledgers of the journal have moved, and the journal becomes Cancelled (inferred).
 * Where the reversal keeps its reason is unpublished: as in an adjustment.
 */
function reverse(
  loyalty: LoyaltyOrg,
  { writing, inputs }: Cancellation,
  { type, expiryDate }: Reversal,
): { CancellationTransactionJournalId: string } {
  const { store, userId } = writing;
  const cancelled = journalGiven(loyalty, writing, { inputs, name: 'TransactionJournalId' });
  requireReversible(cancelled, type);
  const back = movesBack(loyalty, writing, { journal: cancelled, expiryDate });
  const journal = insertOrgJournal(loyalty, writing, {
    programId: cancelled.programId ?? '',
    memberId: cancelled.memberId,
    type: `${type} Reversal`,
    values: definedValues({
      Comment: inputs.text('CancellationReason'),
      JournalReason: inputs.text('ReversalCategory'),
      RelatedJournalId: cancelled.id,
    }),
  });
  enterMoves(
    loyalty,
    writing,
    back.map((move) => ({ ...move, journal })),
  );
  store.update('TransactionJournal', cancelled.id, { Status: 'Cancelled' }, { as: 'org', userId });
  return { CancellationTransactionJournalId: journal.id };
}

/** Only processed journals (Help). @throws {ProcessFailure} */
function requireReversible({ id, journalType, status }: StoredJournal, type: Reversal['type']): void {
  if (journalType.toLowerCase() !== type.toLowerCase()) {
    throw new ProcessFailure(`The transaction journal ${id} is of type ${journalType || 'none'}, not ${type}.`);
  }
  if (status === 'Processed') return;
  throw new ProcessFailure(`The transaction journal ${id} is ${status ?? 'without status'}, not Processed.`);
}
