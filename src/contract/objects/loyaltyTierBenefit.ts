import { crud, master, nameField, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Link between a benefit and a tier.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyTierBenefit".
 */
export const loyaltyTierBenefit: SObjectDefinition = {
  name: 'LoyaltyTierBenefit',
  label: 'Loyalty Tier Benefit',
  labelPlural: 'Loyalty Tier Benefits',
  keyPrefix: guessedKeyPrefix.LoyaltyTierBenefit,
  since: 51,
  ...crud,
  fields: {
    BenefitId: reference('Benefit', 'Benefit', { required: true }),
    LoyaltyTierId: master('LoyaltyTier', 'LoyaltyTier'),
    Name: nameField(),
  },
};
