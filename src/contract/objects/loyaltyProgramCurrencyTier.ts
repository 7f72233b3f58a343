import { autoNumber, crud, int, master, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * How far below zero members of a tier may go in a currency.
 * API 61 and later. Loyalty Management Developer Guide, "LoyaltyProgramCurrencyTier".
 * The orgs whose describe was seen do not have it, because it depends on features.
 */
export const loyaltyProgramCurrencyTier: SObjectDefinition = {
  name: 'LoyaltyProgramCurrencyTier',
  label: 'Loyalty Program Currency Tier',
  labelPlural: 'Loyalty Program Currency Tiers',
  keyPrefix: guessedKeyPrefix.LoyaltyProgramCurrencyTier,
  since: 61,
  ...crud,
  fields: {
    LoyaltyProgramCurrencyId: master('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency'),
    LoyaltyTierId: reference('LoyaltyTier', 'LoyaltyTier'),
    Name: autoNumber(),
    NegativePointsBalanceLimit: int(),
  },
};
