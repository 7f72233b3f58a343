import { definedValues } from '../../../base/definedValues.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { ProcessFailure } from '../processFailure.js';
import { parentOf, textOrNull } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';

interface GameAssignment {
  readonly gameName: string;
  readonly memberId: string;
  /** Id of the journal that gives the game. */
  readonly sourceId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Lets the member play an active game once more. A member has one GameParticipant for each game.
 *
 * @returns the Id of the GameParticipantReward
 * @throws {ProcessFailure} for a game that is unknown, not active or over
 */
export function assignGame(writing: WriteContext, { gameName, memberId, sourceId, now }: GameAssignment): string {
  const { store, userId } = writing;
  const options = { as: 'org', userId } as const;
  const of = { GameDefinitionId: openGame(store, gameName, now).Id, ParticipantId: memberId };
  const GameParticipantId = store.first('GameParticipant', of)?.Id ?? store.insert('GameParticipant', of, options);
  const play = { GameParticipantId, SourceActivityId: sourceId, Status: 'YetToReward' };
  return store.insert('GameParticipantReward', play, options);
}

function openGame(store: Store, gameName: string, now: number): SObjectRow {
  const game = store.first('GameDefinition', { Name: gameName, Status: 'Active' });
  if (!game) throw new ProcessFailure(`There is no active game ${gameName}.`);
  if (Date.parse(textOrNull(game, 'EndDate') ?? '') < now) throw new ProcessFailure(`The game ${gameName} is over.`);
  return game;
}

/** A game that was assigned, as real-time journals answer it. Keys without a value are left out. */
export function assignedGame(store: Store, playId: string): Record<string, unknown> {
  const play = store.get('GameParticipantReward', playId);
  const participant = play && parentOf(store, play, 'GameParticipantId', 'GameParticipant');
  const game = participant && parentOf(store, participant, 'GameDefinitionId', 'GameDefinition');
  return definedValues({
    gameDefinitionName: textOrNull(game, 'Name') ?? undefined,
    gameExpirationDate: textOrNull(play, 'ExpirationDate') ?? undefined,
    gameParticipantId: participant?.Id,
    gameParticipantRewardId: playId,
  });
}
