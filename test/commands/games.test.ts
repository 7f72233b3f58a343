import { expect } from 'chai';
import { ListGamesResult, PlayGameResult } from '../../src/cli/results/gameResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { addGames } from '../support/cliGames.js';
import { openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

const member = 'HR-100001';

describe('games of a member', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  let plays: ReturnType<typeof addGames>;

  before(async () => {
    shop = await openShop({ members: 2 });
    plays = addGames(shop.org);
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (command: string, args: readonly string[], who = member): Promise<Ended> =>
    cli.run(command, ['--member', who, ...args], { org: shop.org, columns: 80 });

  it('list games shows what can be played and what was won, within 80 columns', async () => {
    const [open] = plays.wheel;
    expectScreen('list games', await run('list games', []), [
      onlyProgram,
      'Games of HR-100001',
      '┌────────────────┬──────────────┬──────────────┬──────────┬────────────┐',
      '│ Game           │ Type         │ Status       │ Won      │ Until      │',
      '├────────────────┼──────────────┼──────────────┼──────────┼────────────┤',
      '│ Wheel of Stars │ wheel        │ to be played │ –        │ 1/1/2034   │',
      '│ Wheel of Stars │ wheel        │ to be played │ –        │ 1/1/2033   │',
      '│ Rainy day      │ scratch card │ nothing won  │ Calm sea │ 12/31/2035 │',
      '└────────────────┴──────────────┴──────────────┴──────────┴────────────┘',
      '',
      `To play one: sf loyalty play game --member HR-100001 --play ${open} --program 'Harbour Rewards' --target-org TARGET_ORG`,
    ]);
  });

  it('list games gives the same as JSON', async () => {
    const { records, counts } = resultOf(await run('list games', ['--json']), ListGamesResult);
    expect(counts).to.deep.equal({ total: 3 });
    const [first, , last] = records;
    expect(first).to.deep.include({
      ...{ key: plays.wheel[0], status: 'YetToReward', member, game: 'Wheel of Stars', type: 'SpintheWheel' },
      ...{ reward: null, expirationDate: '2034-01-01T12:00:00.000Z' },
      possibleRewards: [{ name: 'A handful of Stars', type: 'LoyaltyPoints', value: 25 }],
    });
    expect(last).to.deep.include({
      ...{ key: plays.card, status: 'NoReward', reward: { name: 'Calm sea', type: 'NoReward', value: null } },
    });
  });

  it('play game plays the one that expires first, and says what was won', async () => {
    expectScreen('play game', await run('play game', []), [
      onlyProgram,
      'HR-100001 has played "Wheel of Stars" and won: A handful of Stars (25 points).',
    ]);
    const { store } = shop.org;
    const statuses = plays.wheel.map((id) => store.get('GameParticipantReward', id)?.['Status']);
    expect(statuses).to.deep.equal(['YetToReward', 'Rewarded']);
  });

  it('play game plays a chosen one once, however often it is run', async () => {
    const before = seen(shop.org, 'GET', 'game-reward');
    const reward = { name: 'A handful of Stars', type: 'LoyaltyPoints', value: 25 };
    for (const status of ['played', 'known']) {
      const { records, counts } = resultOf(
        await run('play game', ['--play', plays.wheel[0], '--json']),
        PlayGameResult,
      );
      expect(records[0]).to.deep.include({ key: plays.wheel[0], status, member, game: 'Wheel of Stars', reward });
      expect(counts).to.include({ [status]: 1 });
    }
    expect(seen(shop.org, 'GET', 'game-reward')).to.equal(before + 1);
    const again = await run('play game', ['--game', 'rainy day', '--play', plays.card]);
    expect([again.code, again.stdout.split('\n')[1]]).to.deep.equal([
      0,
      'HR-100001 had played "Rainy day" before, and won nothing: Calm sea.',
    ]);
  });

  it('says what cannot be played, and why', async () => {
    const all = await run('play game', ['--json']);
    expect([all.code, errorOf(all).message]).to.deep.equal([
      1,
      'No game can be played: all that was assigned has been played or has expired.',
    ]);
    const unknown = await run('play game', ['--game', 'Dice', '--json']);
    expect(errorOf(unknown).message).to.equal(
      'No game can be played: there is no game "Dice". There is: "Wheel of Stars", "Rainy day".',
    );
    expect(errorOf(await run('play game', ['--json'], 'HR-100002')).message).to.equal(
      'No game can be played: none has been assigned.',
    );
    expect((await run('list games', [], 'HR-100002')).stdout).to.include('No game has been assigned to HR-100002.');
  });

  it('tells the reason of the org when it refuses a play, and ends with 68', async () => {
    const { store } = shop.org;
    const game = store.first('GameDefinition', { Name: 'Wheel of Stars' })?.Id ?? '';
    const GameParticipantId = store.first('GameParticipant', { GameDefinitionId: game })?.Id;
    store.update('GameDefinition', game, { EndDate: '2026-01-02T00:00:00Z' });
    store.insert('GameParticipantReward', { GameParticipantId, Status: 'YetToReward' });
    const ended = await run('play game', ['--json']);
    const [record] = resultOf(ended, PlayGameResult).records;
    expect([ended.code, record?.status, record?.error]).to.deep.equal([
      68,
      'refused',
      { code: 'REFUSED', message: 'The game Wheel of Stars is over.' },
    ]);
    expect((await run('play game', [])).stderr).to.include(
      'The org did not play "Wheel of Stars": The game Wheel of Stars',
    );
  });
});
