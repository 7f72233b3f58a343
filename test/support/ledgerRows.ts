import type { Emulator } from '../../src/emulator/index.js';

/** Makes two ledger rows of the only one of a journal, 1 point apart, as an org does that debits credit by credit. */
export function splitRow(store: Emulator['store'], TransactionJournalId: string | undefined): void {
  const [row] = store.find('LoyaltyLedger', { TransactionJournalId });
  if (!row) throw new Error(`The journal ${TransactionJournalId} has no ledger row.`);
  const { LoyaltyProgramMemberId, LoyaltyProgramCurrencyId, EventType, ActivityDate } = row;
  const values = { TransactionJournalId, LoyaltyProgramMemberId, LoyaltyProgramCurrencyId, EventType, ActivityDate };
  store.update('LoyaltyLedger', row.Id, { Points: Number(row['Points']) - 1 }, { as: 'org' });
  store.insert('LoyaltyLedger', { ...values, Points: 1 }, { as: 'org' });
}
