import { allReadOnly, picklist, text } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * What a user may do.
 * API 10 and later. Object Reference for the Salesforce Platform, "Profile": a selection of its fields.
 */
export const profile: SObjectDefinition = {
  name: 'Profile',
  label: 'Profile',
  labelPlural: 'Profiles',
  keyPrefix: '00e',
  since: 10,
  fields: allReadOnly({
    Description: text(),
    Name: text(),
    UserType: picklist(['Standard']),
  }),
};
