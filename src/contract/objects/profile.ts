import type { SObjectDefinition } from '../sobject.js';
import { profileTable } from './published/profileTable.js';
import { readPublished } from './published/readPublished.js';

const published = readPublished(profileTable);

/**
 * The permissions of users.
 * API 10 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "Profile".
 */
export const profile: SObjectDefinition = {
  name: 'Profile',
  label: 'Profile',
  labelPlural: 'Profiles',
  keyPrefix: '00e',
  since: 10,

  fields: published.fields,
  children: published.children,
};
