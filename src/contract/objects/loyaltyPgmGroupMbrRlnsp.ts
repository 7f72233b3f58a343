import { checkbox, crud, master, percent, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Link between a member and a group.
 * API 53 and later. Loyalty Management Developer Guide, "LoyaltyPgmGroupMbrRlnsp".
 */
export const loyaltyPgmGroupMbrRlnsp: SObjectDefinition = {
  name: 'LoyaltyPgmGroupMbrRlnsp',
  label: 'Loyalty Program Group Member Relationship',
  labelPlural: 'Loyalty Program Group Member Relationships',
  keyPrefix: guessedKeyPrefix.LoyaltyPgmGroupMbrRlnsp,
  since: 53,
  ...crud,
  fields: {
    AccountId: reference('Account', 'Account'),
    CanMemberRedeemFromGroup: checkbox(),
    ContactId: reference('Contact', 'Contact'),
    ContributionCalculationType: picklist(['Percentage'], { required: true }),
    LoyaltyProgramGroupMemberId: master('LoyaltyProgramMember', 'LoyaltyProgramGroupMember'),
    MemberName: textField(255, { readOnly: true }),
    // Share of the member's accrued points that goes to the group.
    MemberPointContributionPercent: percent({ precision: 3, scale: 0 }),
    // Not used by the platform.
    MemberRole: picklist(['Primary', 'Secondary']),
    Name: textField(255, { readOnly: true, idLookup: true }),
    RelatedLoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'RelatedLoyaltyProgramMember', {
      createOnly: true,
    }),
  },
};
