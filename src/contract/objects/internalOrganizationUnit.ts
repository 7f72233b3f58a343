import { crud, name } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A part of the company.
 * API 51 and later. No page in the loyalty guides: only what they refer to, first version assumed.
 */
export const internalOrganizationUnit: SObjectDefinition = {
  name: 'InternalOrganizationUnit',
  label: 'Internal Organization Unit',
  labelPlural: 'Internal Organization Units',
  keyPrefix: guessedKeyPrefix.InternalOrganizationUnit,
  since: 51,
  ...crud,
  fields: {
    Name: name(),
  },
};
