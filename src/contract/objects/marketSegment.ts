import { crud, name, picklist, text } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A segment of Data Cloud.
 * API 54 and later. No page in the loyalty guides: a selection of its fields, lengths, flags and first version
 * assumed.
 */
export const marketSegment: SObjectDefinition = {
  name: 'MarketSegment',
  label: 'Market Segment',
  labelPlural: 'Market Segments',
  keyPrefix: guessedKeyPrefix.MarketSegment,
  since: 54,
  ...crud,
  fields: {
    Description: text(),
    MarketSegmentType: picklist([]),
    Name: name(),
    SegmentStatus: picklist([]),
  },
  children: [{ name: 'PromotionMarketSegments', childObject: 'PromotionMarketSegment', field: 'MarketSegmentId' }],
};
