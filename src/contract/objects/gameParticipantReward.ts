import { autoNumber, crud, dateTime, master, picklist, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * One play and its reward.
 * API 60 and later. Loyalty Management Developer Guide, "GameParticipantReward".
 */
export const gameParticipantReward: SObjectDefinition = {
  name: 'GameParticipantReward',
  label: 'Game Participant Reward',
  labelPlural: 'Game Participant Rewards',
  keyPrefix: '3PR',
  since: 60,
  ...crud,
  fields: {
    ExpirationDate: dateTime(),
    GameParticipantId: master('GameParticipant', 'GameParticipant'),
    GameRewardId: reference('GameReward', 'GameReward'),
    // Set when the game is played.
    IssuedRewardReferenceId: reference(['TransactionJournal', 'Voucher'], 'IssuedRewardReference'),
    Name: autoNumber(),
    SourceActivityId: reference(['GameDefinition', 'Promotion', 'TransactionJournal'], 'SourceActivity'),
    Status: picklist(['YetToReward', 'Rewarded', 'NoReward', 'Expired'], { required: true }),
  },
};
