import { allReadOnly, int, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A license for the features of a product, such as Loyalty Management. An org has those that were bought.
 * API 29 and later. Object Reference for the Salesforce Platform, "PermissionSetLicense": only a selection of its fields.
 */
export const permissionSetLicense: SObjectDefinition = {
  name: 'PermissionSetLicense',
  label: 'Permission Set License',
  labelPlural: 'Permission Set Licenses',
  keyPrefix: '0PL',
  since: 29,
  fields: allReadOnly({
    DeveloperName: textField(80),
    MasterLabel: textField(80),
    Status: picklist(['Active', 'Disabled']),
    TotalLicenses: int(),
    UsedLicenses: int(),
  }),
  children: [
    {
      name: 'PermissionSetLicenseAssignments',
      childObject: 'PermissionSetLicenseAssign',
      field: 'PermissionSetLicenseId',
    },
  ],
};
