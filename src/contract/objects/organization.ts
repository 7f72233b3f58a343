import { allReadOnly, checkbox, dateTime, phone, picklist, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * The org itself. There is one row.
 * API 10 and later. Object Reference for the Salesforce Platform, "Organization": only a selection of its fields.
 */
export const organization: SObjectDefinition = {
  name: 'Organization',
  label: 'Organization',
  labelPlural: 'Organizations',
  keyPrefix: '00D',
  since: 10,
  fields: allReadOnly({
    City: textField(40),
    Country: textField(80),
    DefaultLocaleSidKey: picklist(['en_US', 'en_GB', 'de_DE', 'fr_FR']),
    InstanceName: textField(5),
    IsSandbox: checkbox(),
    LanguageLocaleKey: picklist(['en_US', 'de', 'es', 'fr']),
    Name: textField(80),
    NamespacePrefix: textField(15),
    OrganizationType: picklist(['Developer Edition', 'Enterprise Edition', 'Unlimited Edition', 'Performance Edition']),
    Phone: phone(),
    PostalCode: textField(20),
    State: textField(80),
    Street: textArea(255),
    TimeZoneSidKey: picklist(['GMT', 'America/Los_Angeles', 'America/New_York', 'Europe/Berlin', 'Europe/London']),
    TrialExpirationDate: dateTime(),
  }),
};
