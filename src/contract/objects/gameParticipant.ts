import { autoNumber, crud, owner, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Game × participant.
 * API 60 and later. Loyalty Management Developer Guide, "GameParticipant".
 *
 * It is inferred that one of AccountId, ContactId and LoyaltyProgramMemberId is a copy of ParticipantId.
 */
export const gameParticipant: SObjectDefinition = {
  name: 'GameParticipant',
  label: 'Game Participant',
  labelPlural: 'Game Participants',
  keyPrefix: guessedKeyPrefix.GameParticipant,
  since: 60,
  ...crud,
  fields: {
    AccountId: reference('Account', 'Account'),
    ContactId: reference('Contact', 'Contact'),
    GameDefinitionId: reference('GameDefinition', 'GameDefinition', { required: true }),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember'),
    Name: autoNumber(40),
    OwnerId: owner(),
    ParticipantId: reference(['Account', 'Contact', 'LoyaltyProgramMember'], 'Participant', { required: true }),
  },
  children: [{ name: 'RewardsForGameParticipant', childObject: 'GameParticipantReward', field: 'GameParticipantId' }],
  derivedOnCreate: ({ ParticipantId }, find) => {
    const is = (object: string): boolean => find(object, { Id: ParticipantId ?? null }).length > 0;
    if (is('LoyaltyProgramMember')) return { LoyaltyProgramMemberId: ParticipantId ?? null };
    return { [is('Contact') ? 'ContactId' : 'AccountId']: ParticipantId ?? null };
  },
};
