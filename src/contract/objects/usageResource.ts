import { crud, nameField, owner } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A resource whose usage is metered.
 * API 62 and later. The loyalty guides have no page for it. It has only the fields that they refer to, and its first
 * version is assumed.
 */
export const usageResource: SObjectDefinition = {
  name: 'UsageResource',
  label: 'Usage Resource',
  labelPlural: 'Usage Resources',
  keyPrefix: guessedKeyPrefix.UsageResource,
  since: 62,
  ...crud,
  fields: {
    Name: nameField(),
    OwnerId: owner(),
  },
  children: [{ name: 'UsageResources', childObject: 'TransactionJournal', field: 'UsageResourceId' }],
};
