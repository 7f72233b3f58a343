import { isId } from '../../store/ids/recordIds.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { ProcessFailure } from '../processFailure.js';
import { numberOf, parentOf, textOrNull } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';
import { playStatus } from './assignedGames.js';
import { drawReward } from './drawReward.js';
import { issueGameReward } from './issueGameReward.js';

/** What a play gave. */
export interface AssignedPlay {
  readonly reward: SObjectRow;
  /** Id of the journal that credited points, or of the voucher. Null for other rewards. */
  readonly reference: string | null;
}

/** The game was not played in time. Its record has been changed to say so. */
export class GameOverError extends Error {
  override readonly name = 'GameOverError';
}

/**
 * Draws the reward of a game and issues it, once.
 *
 * @throws {ProcessFailure} when the game has been played or cannot be played now, or its reward cannot be given
 * @throws {GameOverError}
 */
export function playAssigned(loyalty: LoyaltyOrg, writing: WriteContext, id: string): AssignedPlay {
  const { store, userId } = writing;
  const play = isId(id) ? store.get('GameParticipantReward', id) : undefined;
  if (!play) throw new ProcessFailure(`The game participant reward ${id} does not exist.`);
  const participant = parentOf(store, play, 'GameParticipantId', 'GameParticipant');
  const game = participant && parentOf(store, participant, 'GameDefinitionId', 'GameDefinition');
  if (!participant || !game) throw new ProcessFailure(`The game participant reward ${id} has no game.`);
  requireOpen(loyalty, writing, play);
  requireRunning(game, loyalty.org.clock.now());
  const reward = drawReward(store.find('GameReward', { GameDefinitionId: game.Id }), play.Id);
  if (!reward) throw new ProcessFailure(`The game ${textOrNull(game, 'Name') ?? game.Id} has no reward left.`);
  const reference = issueGameReward(loyalty, writing, { game, participant, reward });
  const values = {
    GameRewardId: reward.Id,
    IssuedRewardReferenceId: reference,
    Status: reward['RewardType'] === 'NoReward' ? 'NoReward' : 'Rewarded',
  };
  store.update('GameParticipantReward', play.Id, values, { as: 'org', userId });
  const CurrentRewardCount = numberOf(reward, 'CurrentRewardCount') + 1;
  store.update('GameReward', reward.Id, { CurrentRewardCount }, { as: 'org', userId });
  return { reward, reference };
}

function requireOpen({ org }: LoyaltyOrg, { store, userId }: WriteContext, play: SObjectRow): void {
  const status = playStatus(play, org.clock.now());
  if (status === 'YetToReward') return;
  if (status !== 'Expired')
    throw new ProcessFailure(`The game of ${play.Id} has been played: its status is ${status}.`);
  store.update('GameParticipantReward', play.Id, { Status: 'Expired' }, { as: 'org', userId });
  throw new GameOverError(`The game of ${play.Id} has expired.`);
}

function requireRunning(game: SObjectRow, now: number): void {
  const name = textOrNull(game, 'Name') ?? game.Id;
  const time = (field: string): number => Date.parse(textOrNull(game, field) ?? '');
  if (game['Status'] !== 'Active') throw new ProcessFailure(`The game ${name} is not active.`);
  if (time('StartDate') > now) throw new ProcessFailure(`The game ${name} has not begun.`);
  if (time('EndDate') < now) throw new ProcessFailure(`The game ${name} is over.`);
}
