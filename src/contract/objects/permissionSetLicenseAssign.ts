import { reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A user who has a permission set license.
 * API 29 and later. Object Reference for the Salesforce Platform, "PermissionSetLicenseAssign".
 */
export const permissionSetLicenseAssign: SObjectDefinition = {
  name: 'PermissionSetLicenseAssign',
  label: 'Permission Set License Assignment',
  labelPlural: 'Permission Set License Assignments',
  keyPrefix: '2LA',
  since: 29,
  createable: true,
  deletable: true,
  searchable: false,
  hasCurrencyIsoCode: false,
  fields: {
    AssigneeId: reference('User', 'Assignee', { required: true, createOnly: true }),
    PermissionSetLicenseId: reference('PermissionSetLicense', 'PermissionSetLicense', {
      required: true,
      createOnly: true,
    }),
  },
  saveRule: ({ Id, AssigneeId, PermissionSetLicenseId }, find) => {
    const criteria = { AssigneeId: AssigneeId ?? null, PermissionSetLicenseId: PermissionSetLicenseId ?? null };
    const other = find('PermissionSetLicenseAssign', criteria).find((each) => each['Id'] !== Id);
    if (!other) return undefined;
    // The CLI takes a message with these first words for success.
    const message = `duplicate value found: AssigneeId duplicates value on record with id: ${other['Id']}`;
    return { errorCode: 'DUPLICATE_VALUE', message, fields: ['AssigneeId', 'PermissionSetLicenseId'] };
  },
};
