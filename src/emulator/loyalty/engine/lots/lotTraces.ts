import type { Decimal } from '../../../../base/decimal.js';
import type { ProgramCurrency } from '../../rules/reward.js';
import type { RunningJournal } from '../../rules/rule.js';
import type { WriteContext } from '../../writeContext.js';
import { isDebit } from './lots.js';
import type { LotEntry, Lots, LotUse } from './lots.js';

/** A new row of the ledger. */
interface NewEntry extends Pick<LotEntry, 'ledgerId' | 'eventType' | 'expiryDate'> {
  readonly currency: ProgramCurrency;
  readonly journal: RunningJournal;
  readonly points: Decimal;
}

/**
 * Writes LoyaltyLedgerTraceability for a new row of the ledger: which credit paid for which debit. The object needs a
 * debit, so a use without one leaves no row.
 *
 * @param lots those before the row
 */
export function recordLot({ store, userId }: WriteContext, lots: Lots, added: NewEntry): void {
  const { currency, journal, points, ...row } = added;
  const related = { journalId: journal.id, relatedJournalId: journal.relatedJournalId ?? null, priority: null };
  const entry = { ...row, ...related, points: points.abs() };
  for (const use of isDebit(entry) ? lots.debit(entry) : lots.credit(entry)) {
    if (use.debitId === undefined) continue;
    const values = {
      ActionType: isDebit(entry) ? actionType(use) : 'CreditForArrears',
      CreditLoyaltyLedgerId: use.lot?.ledgerId ?? null,
      DebitLoyaltyLedgerId: use.debitId,
      LoyaltyProgramCurrencyId: currency.id,
      LoyaltyProgramMemberId: journal.memberId,
      Points: use.points.toNumber(),
      ProcessingStatus: 'Processed',
    };
    store.insert('LoyaltyLedgerTraceability', values, { as: 'org', userId });
  }
}

function actionType({ lot, isReversal }: LotUse): string {
  if (!lot) return 'DebitWithArrears';
  return isReversal ? 'CreditCancellation' : 'Debit';
}
