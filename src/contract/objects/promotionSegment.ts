import { crud, nameField, owner } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A segment of buyers.
 * API 51 and later. The loyalty guides have no page for it. Fields are those in the describe of a real org. Lengths,
 * flags and the first version are assumed.
 */
export const promotionSegment: SObjectDefinition = {
  name: 'PromotionSegment',
  label: 'Promotion Segment',
  labelPlural: 'Promotion Segments',
  keyPrefix: guessedKeyPrefix.PromotionSegment,
  since: 51,
  ...crud,
  fields: {
    Name: nameField(),
    OwnerId: owner(),
  },
  children: [{ name: 'PromotionSegments', childObject: 'PromotionMarketSegment', field: 'PromotionSegmentId' }],
};
