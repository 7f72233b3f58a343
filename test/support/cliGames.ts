import type { Emulator } from '../../src/emulator/index.js';

/**
 * Gives the first member two games: the wheel, which always gives 25 Stars, twice, and a card that was scratched in vain.
 *
 * @returns the Ids of the plays
 */
export function addGames({ store }: Emulator): { readonly wheel: readonly [string, string]; readonly card: string } {
  const ParticipantId = store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-100001' })?.Id;
  const add = (Name: string, Type: string, reward: Record<string, unknown>): [game: string, reward: string] => {
    const game = { Name, Type, Status: 'Active', StartDate: '2026-01-01T00:00:00Z', EndDate: '2035-12-31T12:00:00Z' };
    const GameDefinitionId = store.insert('GameDefinition', game);
    const GameRewardId = store.insert('GameReward', { GameDefinitionId, ...reward });
    return [store.insert('GameParticipant', { GameDefinitionId, ParticipantId }), GameRewardId];
  };
  const RewardDefinitionId = store.first('LoyaltyProgramCurrency', { Name: 'Stars' })?.Id;
  const points = { Name: 'A handful of Stars', RewardType: 'LoyaltyPoints', RewardDefinitionId, RewardValue: 25 };
  const [wheel] = add('Wheel of Stars', 'SpintheWheel', points);
  const [card, nothing] = add('Rainy day', 'Scratchcard', { Name: 'Calm sea', RewardType: 'NoReward' });
  const open = (ExpirationDate: string): string =>
    store.insert('GameParticipantReward', { GameParticipantId: wheel, Status: 'YetToReward', ExpirationDate });
  return {
    wheel: [open('2034-01-01T12:00:00Z'), open('2033-01-01T12:00:00Z')],
    card: store.insert('GameParticipantReward', {
      ...{ GameParticipantId: card, Status: 'NoReward', GameRewardId: nothing },
    }),
  };
}
