import { crud, date, master, name, picklist, reference, text } from '../fields.js';
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
    Description: text(80),
    EndDate: date(),
    MemberId: master('LoyaltyProgramMember', 'Member'),
    Name: name(),
    PrimaryRefObjectRecord: text(80),
    PrimaryRefObjectRecordTitle: text(),
    SourceType: picklist(['LoyaltyTierProcessing', 'Manual']),
    StartDate: date(),
    Status: picklist(
      ['NewPendingProcessing', 'Processed', 'UpdatedPendingProcessing', 'ExpiredPendingProcessing', 'Expired'],
      { defaultValue: 'NewPendingProcessing' },
    ),
  },
};
