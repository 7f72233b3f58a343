import type { GameAnswer, GameRewardAnswer } from '../../../contract/endpoints/gameEndpoints.js';
import { doubleText } from '../../platform/bulk/csv/doubleText.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { numberOf, textOrNull } from '../rowValues.js';
import { playStatus } from './assignedGames.js';
import type { AssignedGame } from './assignedGames.js';
import type { AssignedPlay } from './playAssigned.js';

/** Guide: "Game Definition". The keys of the SDKs are there, too. @param now milliseconds since the epoch */
export function gameAnswer(store: Store, { game, plays }: AssignedGame, now: number): GameAnswer {
  return {
    description: textOrNull(game, 'Description'),
    endDate: textOrNull(game, 'EndDate'),
    gameDefinitionId: game.Id,
    gameRewards: store.find('GameReward', { GameDefinitionId: game.Id }).map(rewardAnswer),
    name: textOrNull(game, 'Name'),
    participantGameRewards: plays.map((play) => playAnswer(play, now)),
    startDate: textOrNull(game, 'StartDate'),
    status: textOrNull(game, 'Status'),
    timeoutDuration: numberOf(game, 'TimeoutDuration'),
    type: textOrNull(game, 'Type'),
  };
}

export function playedAnswer(store: Store, { reward, reference }: AssignedPlay) {
  const voucher = reference === null ? undefined : store.get('Voucher', reference);
  return {
    ...rewardAnswer(reward),
    expirationDate: textOrNull(voucher, 'ExpirationDate'),
    issuedRewardReference: reference,
  };
}

/** Both spellings of the Id. Values are texts such as `100.0`, as in samples. */
function rewardAnswer(reward: SObjectRow): GameRewardAnswer {
  const value = reward['RewardValue'];
  return {
    color: textOrNull(reward, 'Color'),
    description: textOrNull(reward, 'Description'),
    expirationDate: null,
    gameRewardId: reward.Id,
    imageUrl: textOrNull(reward, 'ImageUrl'),
    name: textOrNull(reward, 'Name'),
    rewardDefinitionId: textOrNull(reward, 'RewardDefinitionId'),
    rewardId: reward.Id,
    rewardType: textOrNull(reward, 'RewardType'),
    rewardValue: typeof value === 'number' ? doubleText(value) : null,
  };
}

/** The source is null until the game is played (guide), although the record has it. */
function playAnswer(play: SObjectRow, now: number) {
  const isPlayed = textOrNull(play, 'GameRewardId') !== null;
  const source = isPlayed ? textOrNull(play, 'SourceActivityId') : null;
  return {
    expirationDate: textOrNull(play, 'ExpirationDate'),
    gameParticipantRewardId: play.Id,
    gameRewardId: textOrNull(play, 'GameRewardId'),
    issuedRewardReference: textOrNull(play, 'IssuedRewardReferenceId'),
    sourceActivity: source,
    sourceActivityId: source,
    status: playStatus(play, now),
  };
}
