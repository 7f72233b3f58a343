import { autoNumber, crud, date, dateTime, master, picklist, reference, text, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Enroll, renew, cancel events of a membership.
 * API 57 and later. Loyalty Management Developer Guide, "LoyaltyMembershipLifecycle".
 * Absent from some orgs, by feature or version: EffectiveEndDateTime, EffectiveStartDateTime, LoyaltyMemberTierId.
 */
export const loyaltyMembershipLifecycle: SObjectDefinition = {
  name: 'LoyaltyMembershipLifecycle',
  label: 'Loyalty Membership Lifecycle',
  labelPlural: 'Loyalty Membership Lifecycles',
  keyPrefix: guessedKeyPrefix.LoyaltyMembershipLifecycle,
  since: 57,
  ...crud,
  fields: {
    Comment: textArea(1000),
    EffectiveEndDate: date(),
    EffectiveEndDateTime: dateTime(),
    EffectiveStartDate: date(),
    EffectiveStartDateTime: dateTime(),
    ExternalIdentifier: text(),
    LoyaltyMemberTierId: reference('LoyaltyMemberTier', 'LoyaltyMemberTier'),
    LoyaltyProgramMemberId: master('LoyaltyProgramMember', 'LoyaltyProgramMember'),
    // Values not published.
    MembershipStatus: picklist([], { required: true }),
    // Values not published.
    MembershipType: picklist([], { required: true }),
    Name: autoNumber(),
    OrderItemId: reference('OrderItem', 'OrderItem'),
  },
};
