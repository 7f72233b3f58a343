import { autoNumber, checkbox, crud, currency, dateTime, int, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Price options of a paid tier or club.
 * API 63 and later. Loyalty Management Developer Guide, "LoyaltyTierMshpFeeOption".
 */
export const loyaltyTierMshpFeeOption: SObjectDefinition = {
  name: 'LoyaltyTierMshpFeeOption',
  label: 'Loyalty Tier Membership Fee Option',
  labelPlural: 'Loyalty Tier Membership Fee Options',
  keyPrefix: guessedKeyPrefix.LoyaltyTierMshpFeeOption,
  since: 63,
  ...crud,
  fields: {
    EffectiveEndDateTime: dateTime(),
    EffectiveStartDateTime: dateTime(),
    // Its values are not published.
    FeeType: picklist([], { required: true }),
    IsActive: checkbox(),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency'),
    LoyaltyTierId: reference('LoyaltyTier', 'LoyaltyTier', { required: true, createOnly: true }),
    // Its values are not published.
    MembershipDurationType: picklist([], { required: true }),
    MembershipFee: currency(),
    Name: autoNumber(),
    Points: int(),
  },
};
