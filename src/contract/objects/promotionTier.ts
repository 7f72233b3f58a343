import { autoNumber, crud, int, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A step of a tiered promotion.
 * API 51 and later. The guide has no page for it. Fields are those in the describe of a real org. Lengths, flags and
 * the first version are assumed. Setup uses it.
 */
export const promotionTier: SObjectDefinition = {
  name: 'PromotionTier',
  label: 'Promotion Tier',
  labelPlural: 'Promotion Tiers',
  keyPrefix: guessedKeyPrefix.PromotionTier,
  since: 51,
  ...crud,
  fields: {
    Name: autoNumber(),
    PromotionId: reference('Promotion', 'Promotion', { required: true, createOnly: true }),
    Rank: int(),
  },
  children: [
    { name: 'PromotionTierQualifiers', childObject: 'PromotionQualifier', field: 'PromotionTierId' },
    { name: 'PromotionTierTargets', childObject: 'PromotionTarget', field: 'PromotionTierId' },
  ],
};
