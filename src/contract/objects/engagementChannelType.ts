import { checkbox, crud, name, owner, picklist } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A channel on which customers are met.
 * API 55 and later. No page in the loyalty guides: fields as in the describe of a real org, lengths, flags and first
 * version assumed.
 */
export const engagementChannelType: SObjectDefinition = {
  name: 'EngagementChannelType',
  label: 'Engagement Channel Type',
  labelPlural: 'Engagement Channel Types',
  keyPrefix: guessedKeyPrefix.EngagementChannelType,
  since: 55,
  ...crud,
  fields: {
    ContactPointType: picklist([]),
    IsActive: checkbox(),
    Name: name(),
    OwnerId: owner(),
    UsageType: picklist([]),
  },
};
