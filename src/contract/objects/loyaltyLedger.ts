import { date, dateTime, double, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A movement of points caused by a journal.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyLedger".
 * Absent from some orgs, depending on features or version: LoyaltyPgmCrcySubtypeId.
 *
 * Each credit, debit or expiry writes one or more rows. They cannot be updated, and they are not deleted with their
 * journal. The help says that only the SOAP API can delete them.
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
    AdditionalNotes: textField(),
    // Queries return it padded with blanks to 15 characters.
    Correlation: textField(15),
    EscrowPointsCreditDate: date({ since: 53 }),
    EventType: picklist(['Credit', 'Debit', 'Expiry', 'Transfer'], { defaultValue: 'Credit', length: 40 }),
    ExpiryDate: date(),
    Flow: textField(15),
    LoyaltyPgmCrcySubtypeId: reference('LoyaltyPgmCurrencySubtype', 'LoyaltyPgmCrcySubtype', { since: 61 }),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency'),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember', { locksParent: true }),
    // Always positive; EventType has the direction (seen in real orgs; the guide does not say).
    Points: double(),
    PromotionId: reference('Promotion', 'Promotion', { since: 52 }),
    // The ledgers of a journal must be deleted before the journal (Help).
    TransactionJournalId: reference('TransactionJournal', 'TransactionJournal', { onParentDelete: 'refuse' }),

    // In describe but not in the guide: types are those of describe, and lengths and flags are assumed.
    Name: textField(255, { readOnly: true, idLookup: true }),
  },
  children: [
    { name: 'CreditLoyaltyLedgers', childObject: 'LoyaltyLedgerTraceability', field: 'CreditLoyaltyLedgerId' },
    { name: 'DebitLoyaltyLedgers', childObject: 'LoyaltyLedgerTraceability', field: 'DebitLoyaltyLedgerId' },
    { name: 'PartnerLedgerToLoyaltyLedger', childObject: 'LoyaltyProgramPartnerLedger', field: 'LoyaltyLedgerId' },
  ],
};
