import { autoNumber, crud, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Promotion × product.
 * API 60 and later. Loyalty Management Developer Guide, "PromotionProduct".
 * In the guide only: the describe of a real org at hand did not have it, so it depends on features.
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
