import { crud, double, int, master, nameField, picklist, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * Possible reward of a game.
 * API 60 and later. Loyalty Management Developer Guide, "GameReward".
 */
export const gameReward: SObjectDefinition = {
  name: 'GameReward',
  label: 'Game Reward',
  labelPlural: 'Game Rewards',
  keyPrefix: '3GR',
  since: 60,
  ...crud,
  fields: {
    Color: textField(),
    CurrentRewardCount: int(),
    Description: textArea(1000),
    GameDefinitionId: master('GameDefinition', 'GameDefinition'),
    ImageUrl: textField(),
    MaximumRewardCount: int(),
    Name: nameField(),
    RewardDefinitionId: reference(['LoyaltyProgramCurrency', 'VoucherDefinition'], 'RewardDefinition'),
    // Raffle is reserved.
    RewardType: picklist(['LoyaltyPoints', 'Voucher', 'NoReward', 'CustomReward', 'Raffle'], { required: true }),
    RewardValue: double({ precision: 12 }),
    // Weight of this reward in the draw.
    WinProbability: double({ precision: 12 }),
  },
};
