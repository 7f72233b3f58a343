import { checkbox, crud, nameField, owner, picklist } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A channel for contact with customers.
 * API 55 and later. The loyalty guides have no page for it. Fields are those in the describe of a real org. Lengths,
 * flags and the first version are assumed.
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
    Name: nameField(),
    OwnerId: owner(),
    UsageType: picklist([]),
  },
};
