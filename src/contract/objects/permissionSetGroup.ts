import { crud, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * Several permission sets under one name.
 * API 45 and later. Object Reference for the Salesforce Platform, "PermissionSetGroup".
 */
export const permissionSetGroup: SObjectDefinition = {
  name: 'PermissionSetGroup',
  label: 'Permission Set Group',
  labelPlural: 'Permission Set Groups',
  keyPrefix: '0PG',
  since: 45,
  hasCurrencyIsoCode: false,
  ...crud,
  fields: {
    Description: textField(255),
    DeveloperName: { ...textField(80, { required: true }), unique: true },
    MasterLabel: textField(80, { required: true }),
    NamespacePrefix: textField(15, { readOnly: true }),
    // An org computes the permissions in the background, and is done here at once.
    Status: picklist(['Failed', 'Outdated', 'Updated', 'Updating'], { readOnly: true, defaultValue: 'Updated' }),
  },
  children: [
    { name: 'Assignments', childObject: 'PermissionSetAssignment', field: 'PermissionSetGroupId' },
    { name: 'PermissionSets', childObject: 'PermissionSet', field: 'PermissionSetGroupId' },
  ],
};
