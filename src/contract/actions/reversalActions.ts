import { action } from '../action.js';
import { optional, recordId, textParameter } from '../parameter.js';

const cancellation = {
  TransactionJournalId: recordId,
  CancellationReason: textParameter,
  ReversalCategory: optional(textParameter),
};

/** Guide: "Cancel Accrual". Only for a processed journal that has ledgers. Takes back what the journal has credited. */
export const cancelAccrual = action({
  name: 'cancelAccrual',
  label: 'Cancel Accrual',
  since: 51,
  inputs: cancellation,
  outputs: { CancellationTransactionJournalId: recordId },
});

/** Guide: "Cancel Redemption". `ExpiryDate` is for the points that are given back. */
export const cancelRedemption = action({
  name: 'cancelRedemption',
  label: 'Cancel Redemption',
  since: 51,
  inputs: { ...cancellation, ExpiryDate: optional(textParameter) },
  outputs: { CancellationTransactionJournalId: recordId },
});
