import { checkbox, crud, currency, int, name, reference, text } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Sub-kind of a fixed-expiry non-qualifying currency; redemption order by priority.
 * API 61 and later. Loyalty Management Developer Guide, "LoyaltyPgmCurrencySubtype".
 * Absent from the describe of the orgs that were seen: it depends on features.
 */
export const loyaltyPgmCurrencySubtype: SObjectDefinition = {
  name: 'LoyaltyPgmCurrencySubtype',
  label: 'Loyalty Program Currency Subtype',
  labelPlural: 'Loyalty Program Currency Subtypes',
  keyPrefix: guessedKeyPrefix.LoyaltyPgmCurrencySubtype,
  since: 61,
  ...crud,
  fields: {
    CostPerUnit: currency(),
    Description: text(),
    IsActive: checkbox(),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency', {
      required: true,
      createOnly: true,
    }),
    Name: name(),
    UsagePriorityNumber: int({ required: true, idLookup: true }),
  },
};
