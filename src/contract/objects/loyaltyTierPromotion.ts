import { autoNumber, crud, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Link between a promotion and a tier.
 * API 63 and later. Loyalty Management Developer Guide, "LoyaltyTierPromotion".
 */
export const loyaltyTierPromotion: SObjectDefinition = {
  name: 'LoyaltyTierPromotion',
  label: 'Loyalty Tier Promotion',
  labelPlural: 'Loyalty Tier Promotions',
  keyPrefix: guessedKeyPrefix.LoyaltyTierPromotion,
  since: 63,
  ...crud,
  fields: {
    LoyaltyTierId: reference('LoyaltyTier', 'LoyaltyTier', { required: true, createOnly: true }),
    Name: autoNumber(),
    PromotionId: reference('Promotion', 'Promotion'),
  },
};
