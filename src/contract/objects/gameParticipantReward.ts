import { addToDay } from '../../base/dayArithmetic.js';
import { autoNumber, crud, dateTime, master, picklist, reference } from '../fields.js';
import type { FindRecords, RecordValues, SObjectDefinition } from '../sobject.js';

/**
 * A game that a participant may play once, and its reward once it has been played.
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
  derivedOnCreate: (record, find) => ({ ExpirationDate: expirationOf(record, find) }),
};

/** The period of the game, from the assignment on. Trailhead: "Offer Games to Members". */
function expirationOf({ GameParticipantId, CreatedDate }: RecordValues, find: FindRecords): string | null {
  const [participant] = find('GameParticipant', { Id: GameParticipantId ?? null });
  const [game] = find('GameDefinition', { Id: participant?.['GameDefinitionId'] ?? null });
  const period = game?.['ExpirationPeriod'];
  if (typeof period !== 'number' || typeof CreatedDate !== 'string') return null;
  const unit = game?.['ExpirationPeriodUnit'] === 'Months' ? 'Months' : 'Days';
  return `${addToDay(CreatedDate.slice(0, 10), period, unit)}${CreatedDate.slice(10)}`;
}
