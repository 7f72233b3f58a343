import { crud, date, double, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Points per member, currency and expiry date.
 * API 54 and later. Loyalty Management Developer Guide, "LoyaltyAggrPointExprLedger".
 */
export const loyaltyAggrPointExprLedger: SObjectDefinition = {
  name: 'LoyaltyAggrPointExprLedger',
  label: 'Loyalty Aggregate Point Expiration Ledger',
  labelPlural: 'Loyalty Aggregate Point Expiration Ledgers',
  keyPrefix: guessedKeyPrefix.LoyaltyAggrPointExprLedger,
  since: 54,
  ...crud,
  searchable: false,
  fields: {
    ExpirationDate: date({ required: true }),
    // Points expiring on that date.
    ExpirationPoints: double({ required: true }),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency', { required: true }),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember', { required: true }),
    PointsStatus: picklist(['Active', 'Inactive'], { defaultValue: 'Active' }),
    RedeemedPoints: double(),
  },
};
