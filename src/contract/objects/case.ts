import { autoNumber, crud, owner, picklist, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A customer's case.
 * API 10 and later. Object Reference for the Salesforce Platform, "Case": only a selection of its fields.
 */
export const customerCase: SObjectDefinition = {
  name: 'Case',
  label: 'Case',
  labelPlural: 'Cases',
  keyPrefix: '500',
  since: 10,
  ...crud,
  fields: {
    AccountId: reference('Account', 'Account', { onParentDelete: 'refuse' }),
    CaseNumber: autoNumber(30),
    ContactId: reference('Contact', 'Contact', { onParentDelete: 'refuse' }),
    Description: textArea(),
    Origin: picklist(['Email', 'Phone', 'Web']),
    OwnerId: owner(),
    Priority: picklist(['High', 'Medium', 'Low'], { defaultValue: 'Medium' }),
    Reason: picklist([]),
    Status: picklist(['New', 'Working', 'Escalated', 'Closed'], { defaultValue: 'New' }),
    Subject: textField(),
  },
  children: [{ name: 'CaseRelatedLoyaltyProgramMembers', childObject: 'LoyaltyProgramMemberCase', field: 'CaseId' }],
};
