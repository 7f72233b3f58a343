import { isSameId } from '../../../base/sameId.js';
import { gameEndpoints } from '../../../contract/endpoints/gameEndpoints.js';
import type { GameResultAnswer, GamesListAnswer } from '../../../contract/endpoints/gameEndpoints.js';
import type { ServedResource } from '../serve.js';
import { serve } from '../serve.js';
import { ProcessFailure } from '../processFailure.js';
import { isCustomer } from '../customers.js';
import { assignedGames } from './assignedGames.js';
import { gameAnswer, playedAnswer } from './gameAnswer.js';
import { GameOverError, playAssigned } from './playAssigned.js';

/** Guide: "Games List". Games that are played, expired or over are among them. A game that is not active is not. */
const ofParticipant = serve(
  gameEndpoints.ofParticipant,
  ({ org }, { params: { participantId }, query, writing: { store } }): GamesListAnswer => {
    const { definitionId, gameParticipantRewardId } = query;
    const isWanted = (id: string, wanted: string | undefined): boolean => wanted === undefined || isSameId(id, wanted);
    if (!isCustomer(store, participantId)) {
      throw new ProcessFailure(`No member, contact or account has the Id ${participantId}.`);
    }
    const games = assignedGames(store, participantId)
      .filter(({ game }) => game['Status'] === 'Active' && isWanted(game.Id, definitionId))
      .map(({ game, plays }) => ({ game, plays: plays.filter(({ Id }) => isWanted(Id, gameParticipantRewardId)) }))
      .filter(({ plays }) => plays.length > 0 || gameParticipantRewardId === undefined);
    const now = org.clock.now();
    return { errorMessage: null, gameDefinitions: games.map((each) => gameAnswer(store, each, now)), status: true };
  },
  { failure: (errorMessage) => ({ errorMessage, gameDefinitions: null, status: false }) },
);

/** Guide: "Game Result". */
const play = serve(
  gameEndpoints.play,
  (loyalty, { params, writing }): GameResultAnswer => {
    try {
      const played = playAssigned(loyalty, writing, params.gameParticipantRewardId);
      return { errorMessage: null, gameReward: [playedAnswer(writing.store, played)], status: true };
    } catch (error) {
      // The change of the status to Expired is kept.
      if (error instanceof GameOverError) return failedPlay(error.message);
      throw error;
    }
  },
  { failure: failedPlay },
);

export const gameHandlers = [ofParticipant, play, inLowerCase(play)];

function failedPlay(errorMessage: string): GameResultAnswer {
  return { errorMessage, gameReward: null, status: false };
}

/** The guide writes `gameparticipantreward` where the SDKs have capitals. */
function inLowerCase(served: ServedResource): ServedResource {
  return (loyalty) => {
    const { path, ...endpoint } = served(loyalty);
    return { ...endpoint, path: path.replace('/gameParticipantReward/', '/gameparticipantreward/') };
  };
}
