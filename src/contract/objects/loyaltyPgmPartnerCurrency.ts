import { autoNumber, crud, double, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Conversion factors between a partner and a currency.
 * API 55 and later. Loyalty Management Developer Guide, "LoyaltyPgmPartnerCurrency".
 */
export const loyaltyPgmPartnerCurrency: SObjectDefinition = {
  name: 'LoyaltyPgmPartnerCurrency',
  label: 'Loyalty Program Partner Currency',
  labelPlural: 'Loyalty Program Partner Currencies',
  keyPrefix: guessedKeyPrefix.LoyaltyPgmPartnerCurrency,
  since: 55,
  ...crud,
  fields: {
    AccrualConversionFactor: double(),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency', {
      required: true,
      createOnly: true,
    }),
    LoyaltyProgramPartnerId: reference('LoyaltyProgramPartner', 'LoyaltyProgramPartner', {
      required: true,
      createOnly: true,
    }),
    Name: autoNumber(40),
    RedemptionConversionFactor: double(),
  },
};
