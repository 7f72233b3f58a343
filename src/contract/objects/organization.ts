import type { SObjectDefinition } from '../sobject.js';
import { organizationTable } from './published/organizationTable.js';
import { readPublished, withRules } from './published/readPublished.js';

const published = readPublished(organizationTable);

/**
 * The org itself. There is one row.
 * API 10 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "Organization".
 */
export const organization: SObjectDefinition = {
  name: 'Organization',
  label: 'Organization',
  labelPlural: 'Organizations',
  keyPrefix: '00D',
  since: 10,

  fields: withRules(published.fields, {
    // Only a few of the 424 time zones and 235 locales.
    TimeZoneSidKey: { values: ['GMT', 'America/Los_Angeles', 'America/New_York', 'Europe/Berlin', 'Europe/London'] },
    DefaultLocaleSidKey: { values: ['en_US', 'en_GB', 'de_DE', 'fr_FR'] },
  }),
  children: published.children,
};
