import { checkbox, crud, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * Permissions that are given to users beside those of their profile. Here it is only a name: every caller may do
 * everything.
 * API 22 and later. Object Reference for the Salesforce Platform, "PermissionSet": without the fields of the single
 * permissions, and without LicenseId.
 */
export const permissionSet: SObjectDefinition = {
  name: 'PermissionSet',
  label: 'Permission Set',
  labelPlural: 'Permission Sets',
  keyPrefix: '0PS',
  since: 22,
  hasCurrencyIsoCode: false,
  ...crud,
  fields: {
    Description: textField(255),
    HasActivationRequired: checkbox({ since: 37 }),
    IsCustom: checkbox({ readOnly: true, defaultValue: true, since: 39 }),
    IsOwnedByProfile: checkbox({ readOnly: true, since: 25 }),
    Label: textField(80, { required: true }),
    Name: { ...textField(80, { required: true, idLookup: true }), unique: true },
    NamespacePrefix: textField(15, { readOnly: true }),
    PermissionSetGroupId: reference('PermissionSetGroup', 'PermissionSetGroup', { readOnly: true, since: 45 }),
    ProfileId: reference('Profile', 'Profile', { readOnly: true, since: 25 }),
    Type: picklist(['Group', 'Profile', 'Regular', 'Session', 'Standard'], {
      readOnly: true,
      defaultValue: 'Regular',
      restricted: true,
      since: 44,
    }),
  },
  children: [{ name: 'Assignments', childObject: 'PermissionSetAssignment', field: 'PermissionSetId' }],
};
