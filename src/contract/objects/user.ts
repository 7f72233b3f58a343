import { checkbox, email, phone, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A person or an integration that logs in.
 * API 10 and later. Object Reference for the Salesforce Platform, "User": only a selection of its fields.
 */
export const user: SObjectDefinition = {
  name: 'User',
  label: 'User',
  labelPlural: 'Users',
  keyPrefix: '005',
  since: 10,
  createable: true,
  updateable: true,
  fields: {
    AccountId: reference('Account', 'Account', { readOnly: true }),
    Alias: textField(8, { required: true }),
    CommunityNickname: textField(40),
    CompanyName: textField(80),
    ContactId: reference('Contact', 'Contact', { createOnly: true, onParentDelete: 'refuse' }),
    Email: email({ required: true, idLookup: true }),
    // This picklist and the three locale picklists have only a few of their values here.
    EmailEncodingKey: picklist(['UTF-8', 'ISO-8859-1'], { required: true }),
    FederationIdentifier: textField(512),
    FirstName: textField(40),
    IsActive: checkbox({ defaultValue: true }),
    LanguageLocaleKey: picklist(['en_US', 'de', 'es', 'fr'], { required: true }),
    LastName: textField(80, { required: true }),
    LocaleSidKey: picklist(['en_US', 'en_GB', 'de_DE', 'fr_FR'], { required: true }),
    // FirstName and LastName, joined.
    Name: textField(121, { calculated: { joined: ['FirstName', 'LastName'] } }),
    Phone: phone(),
    ProfileId: reference('Profile', 'Profile', { required: true }),
    TimeZoneSidKey: picklist(['GMT', 'America/Los_Angeles', 'America/New_York', 'Europe/Berlin', 'Europe/London'], {
      required: true,
    }),
    Title: textField(80),
    Username: textField(80, { required: true, idLookup: true }),
    UserType: picklist(['Standard'], { readOnly: true }),
  },
  children: [
    { name: 'BenefitUser', childObject: 'Benefit', field: 'BenefitManagerId' },
    { name: 'PermissionSetAssignments', childObject: 'PermissionSetAssignment', field: 'AssigneeId' },
    { name: 'PermissionSetLicenseAssignments', childObject: 'PermissionSetLicenseAssign', field: 'AssigneeId' },
  ],
};
