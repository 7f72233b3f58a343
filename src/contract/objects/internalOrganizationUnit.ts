import { crud, nameField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A part of the company.
 * API 51 and later. The loyalty guides have no page for it. It has only the fields that they refer to, and its first
 * version is assumed.
 */
export const internalOrganizationUnit: SObjectDefinition = {
  name: 'InternalOrganizationUnit',
  label: 'Internal Organization Unit',
  labelPlural: 'Internal Organization Units',
  keyPrefix: guessedKeyPrefix.InternalOrganizationUnit,
  since: 51,
  ...crud,
  fields: {
    Name: nameField(),
  },
};
