import { expect } from 'chai';
import { ListBadgesResult } from '../../src/cli/results/badgeResults.js';
import { harbourRewards } from '../../src/program/index.js';
import { Cli, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

describe('loyalty list badges', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  let keys: string[];

  before(async () => {
    shop = await openShop({ members: 2 });
    keys = addBadges(shop);
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const list = (member: string, args: readonly string[] = []): Promise<Ended> =>
    cli.run('list badges', ['--member', member, ...args], { org: shop.org, columns: 80 });

  it('shows status, days and reason of each, the latest first, within 80 columns', async () => {
    expectScreen('list badges', await list('HR-100001'), [
      onlyProgram,
      'Badges of HR-100001',
      '┌────────────┬─────────┬───────────┬───────────┬────────────┐',
      '│ Badge      │ Status  │ Since     │ Until     │ Reason     │',
      '├────────────┼─────────┼───────────┼───────────┼────────────┤',
      '│ Captain    │ Active  │ 2/1/2026  │ –         │ 100 visits │',
      '│ First mate │ Expired │ 1/15/2026 │ 1/31/2026 │ –          │',
      '└────────────┴─────────┴───────────┴───────────┴────────────┘',
      '',
    ]);
    expect(writes(shop.org)).to.equal(0);
  });

  it('gives the same as JSON, and says that a member has none', async () => {
    const { records, counts } = resultOf(await list('HR-100001', ['--json']), ListBadgesResult);
    expect(counts).to.deep.equal({ total: 2 });
    const { badgeId, ...record } = records[0]!;
    expect(badgeId).to.match(/^0w8/);
    expect(record).to.deep.equal({
      ...{ key: keys[0], status: 'Active', member: 'HR-100001', badge: 'Captain', description: 'For regulars.' },
      ...{ imageUrl: null, reason: '100 visits', startDate: '2026-02-01', endDate: null },
    });
    expect((await list('HR-100002')).stdout).to.include('HR-100002 has no badge.');
  });
});

/** @returns the Ids of the member's badges, as they are listed */
function addBadges({ org: { store } }: Shop): string[] {
  const LoyaltyProgramId = store.first('LoyaltyProgram', { Name: harbourRewards.name })?.Id;
  const LoyaltyProgramMemberId = store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-100001' })?.Id;
  const badge = { LoyaltyProgramId, StartDate: '2026-01-01', Status: 'Active', ValidityType: 'FixedDate' };
  const give = (Name: string, more: Record<string, unknown>): string => {
    const LoyaltyProgramBadgeId = store.insert('LoyaltyProgramBadge', { ...badge, Name, Description: 'For regulars.' });
    return store.insert('LoyaltyProgramMemberBadge', { LoyaltyProgramBadgeId, LoyaltyProgramMemberId, ...more });
  };
  const old = give('First mate', { StartDate: '2026-01-15', EndDate: '2026-01-31', Status: 'Expired' });
  return [give('Captain', { StartDate: '2026-02-01', Status: 'Active', Reason: '100 visits' }), old];
}
