import { date, dateTime, double, picklist, reference, text } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Points movement caused by a journal.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyLedger".
 * Absent from some orgs, by feature or version: LoyaltyPgmCrcySubtypeId.
 *
 * Each credit, debit or expiry writes one or more rows, which cannot be updated and are not deleted with their
 * journal. The help says that only the SOAP API deletes them.
 */
export const loyaltyLedger: SObjectDefinition = {
  name: 'LoyaltyLedger',
  label: 'Loyalty Ledger',
  labelPlural: 'Loyalty Ledgers',
  keyPrefix: guessedKeyPrefix.LoyaltyLedger,
  since: 51,
  hasCurrencyIsoCode: false,
  createable: true,
  deletable: true,
  deletedBySoapOnly: true,
  searchable: false,
  fields: {
    ActivityDate: dateTime(),
    AdditionalNotes: text(),
    // Padded with blanks to 15 characters when queried.
    Correlation: text(15),
    EscrowPointsCreditDate: date({ since: 53 }),
    EventType: picklist(['Credit', 'Debit', 'Expiry', 'Transfer'], { defaultValue: 'Credit', length: 40 }),
    ExpiryDate: date(),
    Flow: text(15),
    LoyaltyPgmCrcySubtypeId: reference('LoyaltyPgmCurrencySubtype', 'LoyaltyPgmCrcySubtype', { since: 61 }),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency'),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember', { locksParent: true }),
    // Stored positive: EventType carries the direction (seen in real orgs; the guide is silent).
    Points: double(),
    PromotionId: reference('Promotion', 'Promotion', { since: 52 }),
    // Help: the ledgers of a journal are deleted before it.
    TransactionJournalId: reference('TransactionJournal', 'TransactionJournal', { onParentDelete: 'refuse' }),

    // In describe but not in the guide: types are the describe's, lengths and flags assumed.
    Name: text(255, { readOnly: true, idLookup: true }),
  },
  children: [
    { name: 'CreditLoyaltyLedgers', childObject: 'LoyaltyLedgerTraceability', field: 'CreditLoyaltyLedgerId' },
    { name: 'DebitLoyaltyLedgers', childObject: 'LoyaltyLedgerTraceability', field: 'DebitLoyaltyLedgerId' },
    { name: 'PartnerLedgerToLoyaltyLedger', childObject: 'LoyaltyProgramPartnerLedger', field: 'LoyaltyLedgerId' },
  ],
};
