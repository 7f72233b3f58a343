import { crud, name } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A shop.
 * API 51 and later. No page in the loyalty guides: only what they refer to, first version assumed.
 */
export const retailStore: SObjectDefinition = {
  name: 'RetailStore',
  label: 'Retail Store',
  labelPlural: 'Retail Stores',
  keyPrefix: guessedKeyPrefix.RetailStore,
  since: 51,
  ...crud,
  fields: {
    Name: name(),
  },
};
