import { cancelAccrual, cancelRedemption } from '../../../contract/actions/reversalActions.js';
import { decimalOf } from '../../../base/decimal.js';
import { definedValues } from '../../../base/definedValues.js';
import type { Store } from '../../store/store.js';
import { programCurrencies } from '../engine/programSetup.js';
import type { StoredJournal } from '../journalReader.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { insertOrgJournal } from '../orgJournals.js';
import { ProcessFailure } from '../processFailure.js';
import { numberOf } from '../rowValues.js';
import { dayGiven, enterMoves, journalGiven } from './pointsMove.js';
import type { PointsMove } from './pointsMove.js';
import { serveAction } from './servedAction.js';
import type { ActionCall } from './servedAction.js';

type Cancellation = ActionCall<typeof cancelAccrual.inputs>;

export const reverseAccrual = serveAction(cancelAccrual, (loyalty, call) =>
  reverse(loyalty, call, { type: 'Accrual' }),
);

export const reverseRedemption = serveAction(cancelRedemption, (loyalty, call) => {
  return reverse(loyalty, call, { type: 'Redemption', expiryDate: dayGiven(call.inputs, 'ExpiryDate') });
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
  const back = movesBack(store, cancelled, type);
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
  const lot = definedValues({ expiryDate });
  const moves = back.map((move) => ({ ...move, ...(move.points.isPositive() && lot), journal }));
  enterMoves(loyalty, writing, moves);
  store.update('TransactionJournal', cancelled.id, { Status: 'Cancelled' }, { as: 'org', userId });
  return { CancellationTransactionJournalId: journal.id };
}

/** Only processed journals that have ledgers (Help). @throws {ProcessFailure} */
function movesBack(
  store: Store,
  { id, journalType, status, programId, memberId }: StoredJournal,
  type: Reversal['type'],
): Omit<PointsMove, 'journal'>[] {
  if (journalType.toLowerCase() !== type.toLowerCase()) {
    throw new ProcessFailure(`The transaction journal ${id} is of type ${journalType || 'none'}, not ${type}.`);
  }
  if (status !== 'Processed')
    throw new ProcessFailure(`The transaction journal ${id} is ${status ?? 'without status'}, not Processed.`);
  const currencies = new Map(programCurrencies(store, programId ?? '').map((currency) => [currency.id, currency]));
  const rows = store.find('LoyaltyLedger', { TransactionJournalId: id, LoyaltyProgramMemberId: memberId });
  if (rows.length === 0)
    throw new ProcessFailure(`The transaction journal ${id} has no ledgers that could be reversed.`);
  return rows.map((row) => {
    const currency = currencies.get(String(row['LoyaltyProgramCurrencyId']));
    if (!currency) throw new ProcessFailure(`A currency of the transaction journal ${id} is not active.`);
    const points = decimalOf(numberOf(row, 'Points'));
    return { currency, points: row['EventType'] === 'Credit' ? points.negated() : points };
  });
}
