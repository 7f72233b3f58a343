import { isSameId } from '../base/sameId.js';
import { namesText } from '../base/text/namesText.js';
import { LoyaltyProcessError } from './failures/callErrors.js';
import { verdict } from './failures/verdict.js';
import { UnplayableGameError } from './failures/unplayableGameError.js';
import { rewardOfPlay } from './games.js';
import type { Game, GamePlay, GameReward } from './games.js';
import type { LoyaltyClient } from './loyaltyClient.js';

/** Whose game, and which. */
export interface GameChoice {
  /** Id of a loyalty program member, a contact or an account. */
  readonly participantId: string;
  /** Name or Id of the game. Default: the only one that can be played. */
  readonly game?: string | undefined;
  /** Id of the GameParticipantReward. Default: the one that expires first. */
  readonly play?: string | undefined;
}

/** What a play gave. */
export interface PlayedGame {
  /**
   * - `played`: by this call.
   * - `known`: the chosen play had been played before, and nothing was sent.
   * - `refused`: the org did not play it, for the reason in `error`.
   */
  readonly status: 'played' | 'known' | 'refused';
  readonly game: Game;
  /** As it is after the play. */
  readonly play: GamePlay;
  /** Null if the org does not tell it. */
  readonly reward: GameReward | null;
  readonly error?: { readonly code: string; readonly message: string };
}

/** A game of a participant, at one of its plays. */
interface ChosenPlay {
  readonly game: Game;
  readonly play: GamePlay;
}

/**
 * Plays a game of a participant, once. If the answer is lost, the play is read back. The error is thrown only if
 * the play is still open, or cannot be read.
 *
 * @throws {UnplayableGameError} when there is no such game, or none that can be played. Nothing was sent that plays one
 * @throws {LoyaltyProcessError} when the org does not list the games
 * @throws {LostAnswerError} when it is not known whether the game was played
 */
export async function playGame({ games }: Pick<LoyaltyClient, 'games'>, choice: GameChoice): Promise<PlayedGame> {
  const chosen = choose(await games.ofParticipant(choice.participantId), choice);
  if (chosen.play.status !== openStatus)
    return { status: 'known', ...chosen, reward: rewardOfPlay(chosen.game, chosen.play) };
  const { game, play } = chosen;
  try {
    const { issuedReferenceId, ...reward } = await games.play(play.id);
    const status = reward.type === 'NoReward' ? 'NoReward' : 'Rewarded';
    return { status: 'played', game, play: { ...play, status, rewardId: reward.id, issuedReferenceId }, reward };
  } catch (error) {
    const { kind, code } = verdict(error);
    const now = kind === 'unknown' ? await readBack({ games }, choice, play.id) : undefined;
    if (now && isPlayed(now)) return { status: 'played', ...now, reward: rewardOfPlay(now.game, now.play) };
    if (kind !== 'refused' || !(error instanceof LoyaltyProcessError)) throw error;
    const { message } = error;
    return { status: 'refused', ...chosen, reward: null, error: { code: code ?? 'REFUSED', message } };
  }
}

function isPlayed({ play: { status } }: ChosenPlay): boolean {
  return status === 'Rewarded' || status === 'NoReward';
}

const openStatus = 'YetToReward';

function choose(games: readonly Game[], { participantId, game: wanted, play: playId }: GameChoice): ChosenPlay {
  const refuse = (why: string): UnplayableGameError => new UnplayableGameError(participantId, why);
  const named = wanted === undefined ? games : games.filter((game) => isNamed(game, wanted));
  if (named.length === 0) {
    const names = namesText(games.map(({ name }) => name ?? '–'));
    throw refuse(
      wanted === undefined
        ? 'none has been assigned.'
        : `there is no game "${wanted}". There is: ${names || '(none)'}.`,
    );
  }
  const plays = named.flatMap((game) => game.plays.map((play) => ({ game, play })));
  if (playId !== undefined) {
    const found = plays.find(({ play }) => isSameId(play.id, playId));
    if (found?.play.status === 'Expired') throw refuse(`the play ${playId} has expired.`);
    if (found) return found;
    throw refuse(`there is no play ${playId}.`);
  }
  const open = plays.filter(({ play }) => play.status === openStatus).sort(byExpiration);
  const [first] = open;
  const openGames = new Set(open.map(({ game }) => game));
  if (openGames.size > 1) {
    throw refuse(`name one of ${namesText([...openGames].map(({ name }) => name ?? '–'))}.`);
  }
  if (first) return first;
  throw refuse('all that was assigned has been played or has expired.');
}

function isNamed({ id, name }: Game, wanted: string): boolean {
  return name?.toLowerCase() === wanted.toLowerCase() || (id !== null && isSameId(id, wanted));
}

function byExpiration(a: ChosenPlay, b: ChosenPlay): number {
  return (a.play.expirationDate ?? '9999').localeCompare(b.play.expirationDate ?? '9999');
}

/** Undefined if it cannot be read. */
async function readBack(
  { games }: Pick<LoyaltyClient, 'games'>,
  { participantId }: GameChoice,
  id: string,
): Promise<ChosenPlay | undefined> {
  const found = await games.ofParticipant(participantId, { gameParticipantRewardId: id }).catch(() => []);
  return found.flatMap((game) => game.plays.map((play) => ({ game, play }))).find(({ play }) => isSameId(play.id, id));
}
