import { autoNumber, crud, owner, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Link between a member and a case.
 * API 52 and later. Loyalty Management Developer Guide, "LoyaltyProgramMemberCase".
 */
export const loyaltyProgramMemberCase: SObjectDefinition = {
  name: 'LoyaltyProgramMemberCase',
  label: 'Loyalty Program Member Case',
  labelPlural: 'Loyalty Program Member Cases',
  keyPrefix: guessedKeyPrefix.LoyaltyProgramMemberCase,
  since: 52,
  ...crud,
  fields: {
    CaseId: reference('Case', 'Case', { required: true }),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember', { required: true }),
    Name: autoNumber(),
    OwnerId: owner(),
  },
};
