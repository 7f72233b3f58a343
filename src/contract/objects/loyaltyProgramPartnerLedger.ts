import { crud, dateTime, double, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * The partner's side of a movement of points.
 * API 55 and later. Loyalty Management Developer Guide, "LoyaltyProgramPartnerLedger".
 */
export const loyaltyProgramPartnerLedger: SObjectDefinition = {
  name: 'LoyaltyProgramPartnerLedger',
  label: 'Loyalty Program Partner Ledger',
  labelPlural: 'Loyalty Program Partner Ledgers',
  keyPrefix: guessedKeyPrefix.LoyaltyProgramPartnerLedger,
  since: 55,
  ...crud,
  searchable: false,
  fields: {
    ActivityDate: dateTime({ required: true }),
    LoyaltyLedgerId: reference('LoyaltyLedger', 'LoyaltyLedger', { required: true }),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember', { required: true }),
    LoyaltyProgramPartnerId: reference('LoyaltyProgramPartner', 'LoyaltyProgramPartner', { required: true }),
    Points: double({ required: true }),
    PromotionId: reference('Promotion', 'Promotion'),
    TransactionJournalId: reference('TransactionJournal', 'TransactionJournal', { required: true }),
    Type: picklist(['Credit', 'Debit', 'CreditCancellation', 'DebitCancellation'], { defaultValue: 'Credit' }),
  },
};
