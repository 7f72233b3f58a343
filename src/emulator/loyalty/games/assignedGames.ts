import { to18 } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { parentOf } from '../rowValues.js';

/** A game, and how often the participant may play it or has played it. */
export interface AssignedGame {
  readonly game: SObjectRow;
  /** GameParticipantReward records. */
  readonly plays: readonly SObjectRow[];
}

/** The games of a participant, each once, the one that was assigned first comes first. */
export function assignedGames(store: Store, participantId: string): AssignedGame[] {
  const games = new Map<string, { game: SObjectRow; plays: SObjectRow[] }>();
  for (const participant of store.find('GameParticipant', { ParticipantId: to18(participantId) })) {
    const game = parentOf(store, participant, 'GameDefinitionId', 'GameDefinition');
    if (!game) continue;
    const assigned = games.get(game.Id) ?? { game, plays: [] };
    assigned.plays.push(...store.find('GameParticipantReward', { GameParticipantId: participant.Id }));
    games.set(game.Id, assigned);
  }
  return [...games.values()];
}

/** What a GameParticipantReward has come to. One that nobody played in time is expired, whatever its record says. */
export function playStatus(play: SObjectRow, now: number): string {
  const { Status: status, ExpirationDate: until } = play;
  const isTooLate = typeof until === 'string' && Date.parse(until) < now;
  return status === 'YetToReward' && isTooLate ? 'Expired' : String(status);
}
