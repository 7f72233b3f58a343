import { autoNumber, crud, currency, double, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * What the cart must contain.
 * API 51 and later. The guide has no page for it. Fields are those in the describe of a real org. Lengths, flags and
 * the first version are assumed. Setup uses it.
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
    // Its targets are assumed.
    QualifierId: reference(['Product2', 'ProductCategory'], 'Qualifier'),
    QualifierOperator: picklist([]),
    QualifierProductCategoryName: textField(),
    QualifierProductName: textField(),
    QualifierProductSku: textField(),
    QualifierRuleCriteriaType: picklist([]),
    QualifierType: picklist([]),
  },
};
