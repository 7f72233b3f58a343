import { autoNumber, crud, date, master, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A badge given to a member.
 * API 56 and later. Loyalty Management Developer Guide, "LoyaltyProgramMemberBadge".
 */
export const loyaltyProgramMemberBadge: SObjectDefinition = {
  name: 'LoyaltyProgramMemberBadge',
  label: 'Loyalty Program Member Badge',
  labelPlural: 'Loyalty Program Member Badges',
  keyPrefix: '0w9',
  since: 56,
  ...crud,
  fields: {
    EndDate: date(),
    LoyaltyProgramBadgeId: reference('LoyaltyProgramBadge', 'LoyaltyProgramBadge'),
    LoyaltyProgramMemberId: master('LoyaltyProgramMember', 'LoyaltyProgramMember'),
    Name: autoNumber(),
    Reason: textField(),
    StartDate: date({ required: true }),
    Status: picklist(['Active', 'Expired'], { required: true }),
  },
};
