import { checkbox, crud, currency, int, nameField, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A subtype of a non-qualifying currency with fixed expiry. Subtypes are redeemed in order of priority.
 * API 61 and later. Loyalty Management Developer Guide, "LoyaltyPgmCurrencySubtype".
 * The orgs whose describe was seen do not have it, because it depends on features.
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
    Description: textField(),
    IsActive: checkbox(),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency', {
      required: true,
      createOnly: true,
    }),
    Name: nameField(),
    UsagePriorityNumber: int({ required: true, idLookup: true }),
  },
};
