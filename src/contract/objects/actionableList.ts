import { crud, name } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A list of customers to act on.
 * API 54 and later. No page in the loyalty guides: only what they refer to, first version assumed.
 */
export const actionableList: SObjectDefinition = {
  name: 'ActionableList',
  label: 'Actionable List',
  labelPlural: 'Actionable Lists',
  keyPrefix: guessedKeyPrefix.ActionableList,
  since: 54,
  ...crud,
  fields: {
    Name: name(),
  },
};
