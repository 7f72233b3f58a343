import { crud, date, double, picklist, reference, textField } from '../fields.js';
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
  hasCurrencyIsoCode: false,
  ...crud,
  searchable: false,
  fields: {
    ExpirationDate: date({ required: true }),
    // Points that expire on that date.
    ExpirationPoints: double({ required: true, scale: 4 }),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency', { required: true }),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember', {
      required: true,
      locksParent: true,
    }),
    PointsStatus: picklist(['Active', 'Inactive'], { defaultValue: 'Active', length: 40 }),
    RedeemedPoints: double({ scale: 4 }),

    // In the field reference but not in the guide: flags are assumed.
    Name: textField(30, { readOnly: true, idLookup: true }),
  },
};
