import { autoNumber, crud, currency, double, picklist, reference, text } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * What must be in the cart.
 * API 51 and later. No page in the guide: fields as in the describe of a real org, lengths, flags and first version
 * assumed. Used by Setup.
 */
export const promotionQualifier: SObjectDefinition = {
  name: 'PromotionQualifier',
  label: 'Promotion Qualifier',
  labelPlural: 'Promotion Qualifiers',
  keyPrefix: guessedKeyPrefix.PromotionQualifier,
  since: 51,
  ...crud,
  fields: {
    ApproachingDiscountThreshold: double(),
    MinimumAmount: currency(),
    MinimumQuantity: double(),
    Name: autoNumber(),
    PromotionId: reference('Promotion', 'Promotion', { required: true, createOnly: true }),
    PromotionTierId: reference('PromotionTier', 'PromotionTier'),
    // Targets assumed.
    QualifierId: reference(['Product2', 'ProductCategory'], 'Qualifier'),
    QualifierOperator: picklist([]),
    QualifierProductCategoryName: text(),
    QualifierProductName: text(),
    QualifierProductSku: text(),
    QualifierRuleCriteriaType: picklist([]),
    QualifierType: picklist([]),
  },
};
