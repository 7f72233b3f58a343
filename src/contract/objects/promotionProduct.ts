import { autoNumber, crud, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Promotion × product.
 * API 60 and later. Loyalty Management Developer Guide, "PromotionProduct".
 * Absent from the describe of the orgs that were seen: it depends on features.
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
