import { checkbox, dateTime, reference } from '../fields.js';
import type { FindRecords, RecordValues, SaveRefusal, SObjectDefinition } from '../sobject.js';

/**
 * A user who has a permission set.
 * API 22 and later. Object Reference for the Salesforce Platform, "PermissionSetAssignment": without IsRevoked, which
 * only some orgs have.
 */
export const permissionSetAssignment: SObjectDefinition = {
  name: 'PermissionSetAssignment',
  label: 'Permission Set Assignment',
  labelPlural: 'Permission Set Assignments',
  keyPrefix: '0Pa',
  since: 22,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: false,
  hasCurrencyIsoCode: false,
  fields: {
    AssigneeId: reference('User', 'Assignee', { required: true, createOnly: true }),
    ExpirationDate: dateTime({ since: 52 }),
    IsActive: checkbox({ readOnly: true, defaultValue: true, since: 52 }),
    PermissionSetGroupId: reference('PermissionSetGroup', 'PermissionSetGroup', {
      createOnly: true,
      onParentDelete: 'cascade',
      since: 45,
    }),
    // Required unless the assignment is to a group. A permission set that users have cannot be deleted.
    PermissionSetId: reference('PermissionSet', 'PermissionSet', { createOnly: true, onParentDelete: 'refuse' }),
  },
  saveRule: (assignment, find) => missingSet(assignment) ?? duplicate(assignment, find),
};

function missingSet({ PermissionSetId, PermissionSetGroupId }: RecordValues): SaveRefusal | undefined {
  if (PermissionSetId !== null || PermissionSetGroupId !== null) return undefined;
  return {
    errorCode: 'REQUIRED_FIELD_MISSING',
    message: 'Required fields are missing: [PermissionSetId]',
    fields: ['PermissionSetId'],
  };
}

/** Scripts that assign a permission set again recognize the first words of the message. */
function duplicate(
  { Id, AssigneeId, PermissionSetId, PermissionSetGroupId }: RecordValues,
  find: FindRecords,
): SaveRefusal | undefined {
  const same = { AssigneeId: AssigneeId ?? null, PermissionSetId: PermissionSetId ?? null };
  const known = find('PermissionSetAssignment', { ...same, PermissionSetGroupId: PermissionSetGroupId ?? null });
  if (known.every((other) => other['Id'] === Id)) return undefined;
  const to = `Assignee: ${AssigneeId}; Permission Set: ${PermissionSetId ?? PermissionSetGroupId}`;
  return {
    errorCode: 'DUPLICATE_VALUE',
    message: `Duplicate PermissionSetAssignment. ${to}`,
    fields: ['AssigneeId', 'PermissionSetId'],
  };
}
