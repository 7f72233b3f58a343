import { allReadOnly, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * The permissions of users.
 * API 10 and later. Object Reference for the Salesforce Platform, "Profile": only a selection of its fields.
 */
export const profile: SObjectDefinition = {
  name: 'Profile',
  label: 'Profile',
  labelPlural: 'Profiles',
  keyPrefix: '00e',
  since: 10,
  fields: allReadOnly({
    Description: textField(),
    Name: textField(),
    UserType: picklist(['Standard']),
  }),
};
