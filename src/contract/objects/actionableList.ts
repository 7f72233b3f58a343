import { crud, nameField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A list of customers to act on.
 * API 54 and later. The loyalty guides have no page for it. It has only the fields that they refer to, and its first
 * version is assumed.
 */
export const actionableList: SObjectDefinition = {
  name: 'ActionableList',
  label: 'Actionable List',
  labelPlural: 'Actionable Lists',
  keyPrefix: guessedKeyPrefix.ActionableList,
  since: 54,
  ...crud,
  fields: {
    Name: nameField(),
  },
};
