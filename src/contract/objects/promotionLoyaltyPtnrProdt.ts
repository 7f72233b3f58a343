import { autoNumber, crud, master, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Link between a promotion and a partner product.
 * API 51 and later. Loyalty Management Developer Guide, "PromotionLoyaltyPtnrProdt". Fields are those in the describe
 * of a real org. Lengths, flags and the first version are assumed.
 */
export const promotionLoyaltyPtnrProdt: SObjectDefinition = {
  name: 'PromotionLoyaltyPtnrProdt',
  label: 'Promotion Loyalty Partner Product',
  labelPlural: 'Promotion Loyalty Partner Products',
  keyPrefix: guessedKeyPrefix.PromotionLoyaltyPtnrProdt,
  since: 51,
  ...crud,
  fields: {
    LoyaltyPartnerId: reference('LoyaltyProgramPartner', 'LoyaltyPartner'),
    LoyaltyPartnerProductId: reference('LoyaltyPartnerProduct', 'LoyaltyPartnerProduct'),
    LoyaltyProductId: reference('Product2', 'LoyaltyProduct'),
    Name: autoNumber(),
    ProductCategoryId: reference('ProductCategory', 'ProductCategory'),
    PromotionId: master('Promotion', 'Promotion'),
  },
};
