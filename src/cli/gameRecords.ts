import { rewardOfPlay } from '../client/index.js';
import type { Game, GamePlay, GameReward, PlayedGame } from '../client/index.js';
import type { GameRecord, PlayRecord, RewardRecord } from './results/gameResults.js';

/** A record for each play of the games, and for each game that the member cannot play yet. */
export function gameRecords(games: readonly Game[], member: string): GameRecord[] {
  return games.flatMap((game) => {
    const plays = game.plays.length > 0 ? game.plays : [undefined];
    return plays.map((play) => gameRecord(game, play, member));
  });
}

function gameRecord(game: Game, play: GamePlay | undefined, member: string): GameRecord {
  return {
    key: play?.id ?? game.id ?? game.name ?? '',
    status: play?.status ?? null,
    member,
    game: game.name,
    gameId: game.id,
    reward: rewardRecord(play ? rewardOfPlay(game, play) : null),
    issuedReferenceId: play?.issuedReferenceId ?? null,
    type: game.type,
    description: game.description,
    startDate: game.startDate,
    endDate: game.endDate,
    expirationDate: play?.expirationDate ?? game.endDate,
    sourceActivityId: play?.sourceActivityId ?? null,
    possibleRewards: game.rewards.map(({ name, type, value }) => ({ name, type, value })),
  };
}

/** What became of a play. */
export function playRecord({ status, game, play, reward, error }: PlayedGame, member: string): PlayRecord {
  return {
    key: play.id,
    status,
    member,
    game: game.name,
    gameId: game.id,
    reward: rewardRecord(reward),
    issuedReferenceId: play.issuedReferenceId,
    ...(error && { error }),
  };
}

function rewardRecord(reward: GameReward | null): RewardRecord | null {
  return reward && { name: reward.name, type: reward.type, value: reward.value };
}
