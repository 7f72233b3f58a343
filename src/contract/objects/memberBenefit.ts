import { crud, date, master, nameField, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A perk given to a member.
 * API 51 and later. Loyalty Management Developer Guide, "MemberBenefit".
 */
export const memberBenefit: SObjectDefinition = {
  name: 'MemberBenefit',
  label: 'Member Benefit',
  labelPlural: 'Member Benefits',
  keyPrefix: '0hW',
  since: 51,
  ...crud,
  fields: {
    AccountId: reference('Account', 'Account'),
    BenefitId: reference('Benefit', 'Benefit', { required: true }),
    ContactId: reference('Contact', 'Contact'),
    Description: textField(80),
    EndDate: date(),
    MemberId: master('LoyaltyProgramMember', 'Member'),
    Name: nameField(),
    PrimaryRefObjectRecord: textField(80),
    PrimaryRefObjectRecordTitle: textField(),
    SourceType: picklist(['LoyaltyTierProcessing', 'Manual']),
    StartDate: date(),
    Status: picklist(
      ['NewPendingProcessing', 'Processed', 'UpdatedPendingProcessing', 'ExpiredPendingProcessing', 'Expired'],
      { defaultValue: 'NewPendingProcessing' },
    ),
  },
};
