import { autoNumber, crud, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Link between a promotion and a product category.
 * API 60 and later. Loyalty Management Developer Guide, "PromotionProductCategory".
 * The orgs whose describe was seen do not have it, because it depends on features.
 */
export const promotionProductCategory: SObjectDefinition = {
  name: 'PromotionProductCategory',
  label: 'Promotion Product Category',
  labelPlural: 'Promotion Product Categories',
  keyPrefix: guessedKeyPrefix.PromotionProductCategory,
  since: 60,
  ...crud,
  fields: {
    Name: autoNumber(),
    ProductCategoryId: reference('ProductCategory', 'ProductCategory', { required: true }),
    PromotionId: reference('Promotion', 'Promotion', { required: true, createOnly: true }),
  },
};
