import { autoNumber, crud, date, dateTime, master, picklist, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * An enrollment, renewal or cancellation of a membership.
 * API 57 and later. Loyalty Management Developer Guide, "LoyaltyMembershipLifecycle".
 * Absent from some orgs, depending on features or version: EffectiveEndDateTime, EffectiveStartDateTime,
 * LoyaltyMemberTierId.
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
    ExternalIdentifier: textField(),
    LoyaltyMemberTierId: reference('LoyaltyMemberTier', 'LoyaltyMemberTier'),
    LoyaltyProgramMemberId: master('LoyaltyProgramMember', 'LoyaltyProgramMember'),
    // Its values are not published.
    MembershipStatus: picklist([], { required: true }),
    // Its values are not published.
    MembershipType: picklist([], { required: true }),
    Name: autoNumber(),
    OrderItemId: reference('OrderItem', 'OrderItem'),
  },
};
