import { autoNumber, crud, double, owner, picklist, reference, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Tells which credit ledger paid for which debit.
 * API 62 and later. Loyalty Management Developer Guide, "LoyaltyLedgerTraceability".
 * Absent from some orgs, depending on features or version: LoyaltyPgmCurrencySubtypeId.
 */
export const loyaltyLedgerTraceability: SObjectDefinition = {
  name: 'LoyaltyLedgerTraceability',
  label: 'Loyalty Ledger Traceability',
  labelPlural: 'Loyalty Ledger Traceabilities',
  keyPrefix: guessedKeyPrefix.LoyaltyLedgerTraceability,
  since: 62,
  ...crud,
  searchable: false,
  fields: {
    // CreditForArrears and DebitWithArrears exist since API 63.
    ActionType: picklist(
      ['Debit', 'DebitCancellation', 'CreditCancellation', 'GroupTransfer', 'CreditForArrears', 'DebitWithArrears'],
      { defaultValue: 'Debit', createOnly: true },
    ),
    CreditLoyaltyLedgerId: reference('LoyaltyLedger', 'CreditLoyaltyLedger'),
    DebitLoyaltyLedgerId: reference('LoyaltyLedger', 'DebitLoyaltyLedger', { required: true, createOnly: true }),
    LoyaltyPgmCurrencySubtypeId: reference('LoyaltyPgmCurrencySubtype', 'LoyaltyPgmCurrencySubtype', {
      createOnly: true,
    }),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency', { createOnly: true }),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember', { createOnly: true }),
    Name: autoNumber(),
    OwnerId: owner(),
    Points: double({ required: true, createOnly: true }),
    ProcessingSequenceInfo: textArea(32_000, { unfilterable: true }),
    ProcessingStatus: picklist(['Pending', 'InProgress', 'Processed']),
  },
};
