import { crud, name, owner } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A resource whose use is metered.
 * API 62 and later. No page in the loyalty guides: only what they refer to, first version assumed.
 */
export const usageResource: SObjectDefinition = {
  name: 'UsageResource',
  label: 'Usage Resource',
  labelPlural: 'Usage Resources',
  keyPrefix: guessedKeyPrefix.UsageResource,
  since: 62,
  ...crud,
  fields: {
    Name: name(),
    OwnerId: owner(),
  },
  children: [{ name: 'UsageResources', childObject: 'TransactionJournal', field: 'UsageResourceId' }],
};
