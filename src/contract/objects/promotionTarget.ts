import { autoNumber, crud, currency, double, percent, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * What the promotion discounts.
 * API 51 and later. The guide has no page for it. Fields are those in the describe of a real org. Lengths, flags and
 * the first version are assumed. Setup uses it.
 */
export const promotionTarget: SObjectDefinition = {
  name: 'PromotionTarget',
  label: 'Promotion Target',
  labelPlural: 'Promotion Targets',
  keyPrefix: guessedKeyPrefix.PromotionTarget,
  since: 51,
  ...crud,
  fields: {
    AdjustmentAmount: currency(),
    AdjustmentPercent: percent(),
    AdjustmentType: picklist([]),
    Name: autoNumber(),
    PromotionId: reference('Promotion', 'Promotion', { required: true, createOnly: true }),
    PromotionTierId: reference('PromotionTier', 'PromotionTier'),
    RestrictionQuantity: double(),
    // Its targets are assumed.
    TargetId: reference(['Product2', 'ProductCategory'], 'Target'),
    TargetOperator: picklist([]),
    TargetProductCategoryName: textField(),
    TargetProductName: textField(),
    TargetProductSku: textField(),
    TargetRuleCriteriaType: picklist([]),
    TargetStandardShippingRateName: textField(),
    TargetType: picklist([]),
  },
};
