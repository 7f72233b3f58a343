import { autoNumber, crud, master, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Link between a promotion and a market segment.
 * API 51 and later. Loyalty Management Developer Guide, "PromotionMarketSegment".
 */
export const promotionMarketSegment: SObjectDefinition = {
  name: 'PromotionMarketSegment',
  label: 'Promotion Market Segment',
  labelPlural: 'Promotion Market Segments',
  keyPrefix: guessedKeyPrefix.PromotionMarketSegment,
  since: 51,
  ...crud,
  fields: {
    MarketSegmentId: reference('MarketSegment', 'MarketSegment', { required: true }),
    Name: autoNumber(),
    PromotionId: master('Promotion', 'Promotion'),
    PromotionSegmentId: reference('PromotionSegment', 'PromotionSegment'),
  },
};
