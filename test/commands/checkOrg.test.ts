import { expect } from 'chai';
import { CheckOrgResult } from '../../src/cli/results/orgResults.js';
import { Cli, resultOf } from '../support/cli.js';
import { openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen } from '../support/screen.js';

describe('loyalty check org', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 1 });
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  it('says line by line what is good, within 80 columns, and ends with 0 if nothing is missing', async () => {
    const ended = await cli.run('check org', [], { org: shop.org, columns: 80 });
    expect(ended.code).to.equal(0);
    // Each request of the test counts.
    const stdout = ended.stdout.replace(/4,999,9\d\d/, '4,999,9XX');
    expectScreen('check org', { ...ended, stdout }, [
      'Org',
      'good     The org is "Local Loyalty Org" (Enterprise Edition, a sandbox).',
      'good     API version 67.0 is used; the org has up to 68.0.',
      'good     4,999,9XX of 5,000,000 API calls are left for 24 hours.',
      'good     The clocks of the org and of this machine agree.',
      'good     The org has the permission set license "Loyalty Management".',
      'note     The user has no permission set with Loyalty in its name. A missing',
      '           permission looks like an empty list.',
      '         Assign a permission set of Loyalty Management, unless the profile gives',
      '           access.',
      'good     The user may enroll members.',
      'good     The user may send journals.',
      'good     The user may set progress.',
      'good     The org has person accounts.',
      'note     force-app/ is not completely deployed: nothing of it is there. The sync',
      '           works without it, with weaker guarantees.',
      '         Deploy it as docs/org-setup.md says, and assign its permission set.',
      'good     Active programs: "Harbour Rewards".',
      '',
      'Harbour Rewards',
      'good     2 active currencies: "Stars" (non-qualifying), "Tier Points"',
      '           (qualifying).',
      'good     3 tiers in "Harbour Status": "Bronze", "Silver", "Gold".',
      'good     3 active promotions, 2 of them cumulative.',
      'good     sync start: journals of these types are processed: "Accrual",',
      '           "Redemption".',
      'good     credit points: process "CreditPointsToMembers".',
      'good     list promotions: process "GetMemberPromotions".',
      'good     enroll promotion: process "EnrollInPromotion".',
      'good     leave promotion: process "OptOutOfPromotion".',
      'good     change tier: process "TierProcessing".',
      'good     debit points: process "DebitPointsFromMembers".',
      'good     cancel voucher: process "CancelVoucher".',
      'note     update member: no process of type UpdateMemberDetails is active.',
      '         Use --records, which needs none. Create one from its template in',
      '           Promotion Setup, and activate its rule, then the process.',
      'note     unenroll member: no process of type UnenrollMember is active.',
      '         Use --records, which needs none. Create one from its template in',
      '           Promotion Setup, and activate its rule, then the process.',
      '',
      '21 good, 4 worth knowing, nothing missing.',
    ]);
    expect(writes(shop.org)).to.equal(0);
  });

  it('ends with 68 if something is missing, and has it as JSON with what to do', async () => {
    await using relay = await Relay.open(shop.org, {
      changed: (text, { url }) =>
        decodeURIComponent(url).includes('FROM LoyaltyProgramProcess ')
          ? '{"totalSize":0,"done":true,"records":[]}'
          : text,
    });
    const ended = await cli.run('check org', ['--json'], { org: relay });
    expect(ended.code).to.equal(68);
    const { records, counts } = resultOf(ended, CheckOrgResult);
    const missing = records.filter(({ status }) => status === 'missing');
    expect(missing.map(({ key }) => key)).to.include.members(['process: sync start', 'process: credit points']);
    expect(missing.map(({ toDo }) => toDo)).to.not.include(undefined);
    expect(counts.missing).to.equal(missing.length);
  });
});
