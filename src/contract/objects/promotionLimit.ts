import { autoNumber, crud, double, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A limit of a promotion.
 * API 60 and later. Loyalty Management Developer Guide, "PromotionLimit".
 * The orgs whose describe was seen do not have it, because it depends on features.
 */
export const promotionLimit: SObjectDefinition = {
  name: 'PromotionLimit',
  label: 'Promotion Limit',
  labelPlural: 'Promotion Limits',
  keyPrefix: guessedKeyPrefix.PromotionLimit,
  since: 60,
  ...crud,
  fields: {
    Category: picklist(['CustomerLevel', 'PromotionLevel'], { required: true }),
    LoyaltyProgramCurrencyId: reference('LoyaltyProgramCurrency', 'LoyaltyProgramCurrency'),
    Name: autoNumber(),
    PromotionId: reference('Promotion', 'Promotion', { required: true, createOnly: true }),
    Type: picklist(
      [
        'CartItemCount',
        'FinancialLiability',
        'OrderCount',
        'PointsCredited',
        'TotalUsage',
        'UsagePerCustomer',
        'VouchersIssued',
        'Milestone',
      ],
      { required: true },
    ),
    Value: double({ required: true }),
  },
};
