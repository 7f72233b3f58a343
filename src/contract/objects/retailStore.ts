import { crud, nameField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A shop.
 * API 51 and later. The loyalty guides have no page for it. It has only the fields that they refer to, and its first
 * version is assumed.
 */
export const retailStore: SObjectDefinition = {
  name: 'RetailStore',
  label: 'Retail Store',
  labelPlural: 'Retail Stores',
  keyPrefix: guessedKeyPrefix.RetailStore,
  since: 51,
  ...crud,
  fields: {
    Name: nameField(),
  },
};
