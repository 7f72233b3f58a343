import { expect } from 'chai';
import { systemClock } from '../../src/base/clock.js';
import { ChangeTierResult } from '../../src/cli/results/tierResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

describe('loyalty change tier', function () {
  this.timeout(60_000);

  /** So that the days are the same every day. */
  const clock = { ...systemClock, now: () => Date.parse('2026-04-03T08:00:00Z') };
  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 1, clock });
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (tier: string, more: readonly string[] = []): Promise<Ended> =>
    cli.run('change tier', ['--member', 'HR-100001', '--tier', tier, '--reason', 'Friend of the house', ...more], {
      org: shop.org,
      columns: 80,
    });

  it('moves a member once, and says the tier before and after', async () => {
    const first = await run('gold');
    expectScreen('change tier', first, [
      onlyProgram,
      'HR-100001, Harbour Status: Bronze → Gold, since 4/3/2026, until 4/3/2027.',
    ]);
    const again = resultOf(await run('Gold', ['--json']), ChangeTierResult);
    expect(again.records[0]).to.include({ key: 'HR-100001', status: 'exists', before: 'Gold', after: 'Gold' });
    expect(again.counts).to.deep.equal({ changed: 0, exists: 1, unchanged: 0 });
    expect(seen(shop.org, 'POST', '/program-processes/')).to.equal(1);
    const [row] = await shop.client.query.all(`SELECT ReasonForChange FROM LoyaltyMemberTier WHERE Name = 'Gold'`);
    expect(row?.['ReasonForChange']).to.equal('Friend of the house');
  });

  it('names the tiers and the processes of the program', async () => {
    const [tier, process] = await Promise.all([
      run('Platinum', ['--json']),
      run('Silver', ['--process', 'Move', '--json']),
    ]);
    expect(errorOf(tier).message).to.equal(
      'The program "Harbour Rewards" has no tier "Platinum". It has: "Bronze", "Silver", "Gold".',
    );
    expect(errorOf(process).message).to.include('named "Move". It has: "TierProcessing".');
    expect([tier.code, process.code]).to.deep.equal([1, 1]);
  });
});
