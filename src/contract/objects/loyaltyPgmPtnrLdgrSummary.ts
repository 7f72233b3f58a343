import { autoNumber, crud, date, double, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Daily aggregate of partner ledgers.
 * API 55 and later. Loyalty Management Developer Guide, "LoyaltyPgmPtnrLdgrSummary".
 */
export const loyaltyPgmPtnrLdgrSummary: SObjectDefinition = {
  name: 'LoyaltyPgmPtnrLdgrSummary',
  label: 'Loyalty Program Partner Ledger Summary',
  labelPlural: 'Loyalty Program Partner Ledger Summaries',
  keyPrefix: guessedKeyPrefix.LoyaltyPgmPtnrLdgrSummary,
  since: 55,
  ...crud,
  fields: {
    ActivityDate: date({ required: true }),
    LoyaltyPgmPtnrPrepaidPackId: reference('LoyaltyPgmPtnrPrepaidPack', 'LoyaltyPgmPtnrPrepaidPack'),
    LoyaltyProgramPartnerId: reference('LoyaltyProgramPartner', 'LoyaltyProgramPartner', {
      required: true,
      createOnly: true,
    }),
    Name: autoNumber(40),
    Status: picklist(['Pending', 'Processed'], { defaultValue: 'Pending' }),
    TotalPoints: double({ required: true }),
    Type: picklist(['Credit', 'Debit', 'CreditCancellation', 'DebitCancellation'], { defaultValue: 'Credit' }),
  },
};
