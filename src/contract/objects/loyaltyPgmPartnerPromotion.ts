import { autoNumber, crud, master, percent, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A partner's share in a joint promotion.
 * API 55 and later. Loyalty Management Developer Guide, "LoyaltyPgmPartnerPromotion".
 */
export const loyaltyPgmPartnerPromotion: SObjectDefinition = {
  name: 'LoyaltyPgmPartnerPromotion',
  label: 'Loyalty Program Partner Promotion',
  labelPlural: 'Loyalty Program Partner Promotions',
  keyPrefix: guessedKeyPrefix.LoyaltyPgmPartnerPromotion,
  since: 55,
  ...crud,
  fields: {
    ContributionPercentage: percent({ precision: 3, scale: 0, required: true }),
    LoyaltyProgramPartnerId: reference('LoyaltyProgramPartner', 'LoyaltyProgramPartner', { createOnly: true }),
    Name: autoNumber(40),
    PromotionId: master('Promotion', 'Promotion'),
  },
};
