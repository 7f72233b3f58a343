import { autoNumber, crud, date, picklist, reference, text } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * Badge given to a member.
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
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember', {
      required: true,
      createOnly: true,
    }),
    Name: autoNumber(),
    Reason: text(),
    StartDate: date({ required: true }),
    Status: picklist(['Active', 'Expired'], { required: true }),
  },
};
