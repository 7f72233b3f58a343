import type { SObjectDefinition } from '../sobject.js';
import { userTable } from './published/userTable.js';
import { readPublished, withRules } from './published/readPublished.js';

const published = readPublished(userTable);

/**
 * A person or an integration that logs in.
 * API 10 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "User".
 */
export const user: SObjectDefinition = {
  name: 'User',
  label: 'User',
  labelPlural: 'Users',
  keyPrefix: '005',
  since: 10,
  createable: true,
  updateable: true,
  fields: withRules(published.fields, {
    // Only a few of the 424 time zones and 235 locales.
    TimeZoneSidKey: { values: ['GMT', 'America/Los_Angeles', 'America/New_York', 'Europe/Berlin', 'Europe/London'] },
    LocaleSidKey: { values: ['en_US', 'en_GB', 'de_DE', 'fr_FR'] },
    Name: { calculation: { joined: ['FirstName', 'LastName'] } },
  }),
  children: [
    ...published.children,
    { name: 'BenefitUser', childObject: 'Benefit', field: 'BenefitManagerId' },
    { name: 'PermissionSetAssignments', childObject: 'PermissionSetAssignment', field: 'AssigneeId' },
    { name: 'PermissionSetLicenseAssignments', childObject: 'PermissionSetLicenseAssign', field: 'AssigneeId' },
  ],
};
