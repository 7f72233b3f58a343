import { crud, nameField, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A segment in Data Cloud.
 * API 54 and later. The loyalty guides have no page for it. It has a selection of its fields. Lengths, flags and the
 * first version are assumed.
 */
export const marketSegment: SObjectDefinition = {
  name: 'MarketSegment',
  label: 'Market Segment',
  labelPlural: 'Market Segments',
  keyPrefix: guessedKeyPrefix.MarketSegment,
  since: 54,
  ...crud,
  fields: {
    Description: textField(),
    MarketSegmentType: picklist([]),
    Name: nameField(),
    SegmentStatus: picklist([]),
  },
  children: [{ name: 'PromotionMarketSegments', childObject: 'PromotionMarketSegment', field: 'MarketSegmentId' }],
};
