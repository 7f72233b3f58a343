import { autoNumber, crud, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Link between a promotion and a product.
 * API 60 and later. Loyalty Management Developer Guide, "PromotionProduct".
 * The orgs whose describe was seen do not have it, because it depends on features.
 */
export const promotionProduct: SObjectDefinition = {
  name: 'PromotionProduct',
  label: 'Promotion Product',
  labelPlural: 'Promotion Products',
  keyPrefix: guessedKeyPrefix.PromotionProduct,
  since: 60,
  ...crud,
  fields: {
    Name: autoNumber(),
    ProductId: reference('Product2', 'Product', { required: true }),
    PromotionId: reference('Promotion', 'Promotion', { required: true, createOnly: true }),
  },
};
