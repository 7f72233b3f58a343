import { gameEndpoints } from '../contract/endpoints/gameEndpoints.js';
import type { GameAnswer, GameRewardAnswer } from '../contract/endpoints/gameEndpoints.js';
import { isSameId } from '../base/sameId.js';
import { requestName } from '../contract/endpoint.js';
import { definedValues } from '../base/definedValues.js';
import type { CallEndpoint } from './call.js';
import { LostAnswerError } from './failures/callErrors.js';
import { requireStatus } from './failures/requireStatus.js';
import { numberOrNull } from './numberOrNull.js';

/** A reward that a game can give. */
export interface GameReward {
  readonly id: string | null;
  readonly name: string | null;
  readonly description: string | null;
  /** `LoyaltyPoints`, `Voucher`, `NoReward`, `CustomReward` or `Raffle`. */
  readonly type: string | null;
  /** Number of points, or value of the voucher. */
  readonly value: number | null;
  /** Of the currency or the voucher definition. */
  readonly definitionId: string | null;
  readonly color: string | null;
  readonly imageUrl: string | null;
}

/** A reward that was won, by a play. */
export interface WonReward extends GameReward {
  /** Id of the journal that credited the points, or of the voucher. */
  readonly issuedReferenceId: string | null;
}

/** A GameParticipantReward: a game that can be played once, or has been played. */
export interface GamePlay {
  readonly id: string;
  /** `YetToReward`, `Rewarded`, `NoReward` or `Expired`. */
  readonly status: string | null;
  readonly expirationDate: string | null;
  /** Null, as the references, until the game has been played. */
  readonly rewardId: string | null;
  readonly issuedReferenceId: string | null;
  readonly sourceActivityId: string | null;
}

export interface Game {
  /** Null in orgs that do not tell it. The guide has no such key. */
  readonly id: string | null;
  readonly name: string | null;
  readonly description: string | null;
  /** `SpintheWheel` or `Scratchcard`. */
  readonly type: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly timeoutSeconds: number | null;
  readonly rewards: readonly GameReward[];
  readonly plays: readonly GamePlay[];
}

export interface GameFilter {
  readonly gameDefinitionId?: string | undefined;
  readonly gameParticipantRewardId?: string | undefined;
}

/** `client.games`: games that a member, a contact or an account has been assigned, or has played. */
export class GamesResource {
  readonly #call: CallEndpoint;

  constructor(call: CallEndpoint) {
    this.#call = call;
  }

  /**
   * `GET /game/participant/{participantId}/games` (API 60).
   *
   * @param participantId Id of a loyalty program member, a contact or an account
   * @throws {LoyaltyProcessError} for HTTP 200 with `status: false`
   */
  async ofParticipant(participantId: string, filter: GameFilter = {}): Promise<Game[]> {
    const endpoint = gameEndpoints.ofParticipant;
    const { gameDefinitionId: definitionId, gameParticipantRewardId } = filter;
    const query = definedValues({ definitionId, gameParticipantRewardId });
    const answer = await this.#call(endpoint, { params: { participantId }, query });
    requireStatus({ status: answer.status, message: answer.errorMessage }, endpoint);
    return (answer.gameDefinitions ?? []).map(gameOf);
  }

  /**
   * Plays a game: draws its reward and issues it. `GET /game/gameParticipantReward/{gameParticipantRewardId}/game-reward`
   * (API 60), a GET that writes, and is sent at most once: read the play after a lost answer.
   *
   * @param gameParticipantRewardId Id of a {@link GamePlay}
   * @throws {LoyaltyProcessError} for HTTP 200 with `status: false`
   * @throws {LostAnswerError} also when the answer names no reward
   */
  async play(gameParticipantRewardId: string): Promise<WonReward> {
    const endpoint = gameEndpoints.play;
    const answer = await this.#call(endpoint, { params: { gameParticipantRewardId }, isRead: false });
    requireStatus({ status: answer.status, message: answer.errorMessage ?? answer.message }, endpoint);
    const [won] = answer.gameReward ?? [];
    if (won) return { ...rewardOf(won), issuedReferenceId: won.issuedRewardReference ?? null };
    const message = 'The org answered that the game was played, but no reward.';
    throw new LostAnswerError('unreadable', message, true).ofRequest(requestName(endpoint));
  }
}

/** What a play has given. Null for one that has not been played, and if the org does not tell it. */
export function rewardOfPlay({ rewards }: Game, { rewardId }: GamePlay): GameReward | null {
  return rewards.find(({ id }) => id !== null && rewardId !== null && isSameId(id, rewardId)) ?? null;
}

function gameOf(game: GameAnswer): Game {
  return {
    id: game.gameDefinitionId ?? null,
    name: game.name ?? null,
    description: game.description ?? null,
    type: game.type ?? null,
    startDate: game.startDate ?? null,
    endDate: game.endDate ?? null,
    timeoutSeconds: game.timeoutDuration ?? null,
    rewards: (game.gameRewards ?? []).map(rewardOf),
    plays: (game.participantGameRewards ?? []).map((play) => ({
      id: play.gameParticipantRewardId,
      status: play.status ?? null,
      expirationDate: play.expirationDate ?? null,
      rewardId: play.gameRewardId ?? null,
      issuedReferenceId: play.issuedRewardReference ?? null,
      sourceActivityId: play.sourceActivity ?? play.sourceActivityId ?? null,
    })),
  };
}

function rewardOf(reward: GameRewardAnswer): GameReward {
  return {
    id: reward.gameRewardId ?? reward.rewardId ?? null,
    name: reward.name ?? null,
    description: reward.description ?? null,
    type: reward.rewardType ?? null,
    value: numberOrNull(reward.rewardValue),
    definitionId: reward.rewardDefinitionId ?? null,
    color: reward.color ?? null,
    imageUrl: reward.imageUrl ?? null,
  };
}
