import { expect } from 'chai';
import { ListTrailsResult } from '../../src/cli/results/trailResults.js';
import type { Emulator } from '../../src/emulator/index.js';
import { harbourRewards } from '../../src/program/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

const member = 'HR-100001';

describe('loyalty list trails', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  let walk: string;

  before(async () => {
    shop = await openShop({ members: 1 });
    walk = addPierWalk(shop.org);
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const list = (args: readonly string[]): Promise<Ended> =>
    cli.run('list trails', ['--member', member, ...args], { org: shop.org, columns: 80 });

  it('shows the steps, how often they can be completed, and what that gives, within 80 columns', async () => {
    const ended = await list([]);
    expectScreen('list trails', ended, [
      onlyProgram,
      'Pier walk, HR-100001',
      '┌─────────────────┬──────────────────┬────────┬─────────┬────────────┐',
      '│ Step            │ Progress         │   Done │ Left    │ Until      │',
      '├─────────────────┼──────────────────┼────────┼─────────┼────────────┤',
      '│ Piers visited   │ ███████░░░  66 % │ 2 of 3 │ 1 to go │ –          │',
      '│ Reviews written │ ░░░░░░░░░░   0 % │ 0 of 2 │ 2 to go │ 12/31/2035 │',
      '│ Boats boarded   │ ██████████ 100 % │ 1 of 1 │ reached │ –          │',
      '└─────────────────┴──────────────────┴────────┴─────────┴────────────┘',
      '',
      'Can be completed 4 times in a period; 3 left.',
      'Rewards: 1,250 Stars, a voucher "Five off".',
    ]);
    expect([ended.code, writes(shop.org)]).to.deep.equal([0, 0]);
  });

  it('gives the same as JSON, for one promotion', async () => {
    const { records, counts } = resultOf(await list(['--promotion', 'pier walk', '--json']), ListTrailsResult);
    expect(counts).to.deep.equal({ total: 1 });
    const [{ rewards, ...record } = { rewards: null }] = records;
    const step = { description: null, attributeStatus: 'Active', startDate: '2026-01-01', endDate: null };
    expect(record).to.deep.equal({
      ...{ key: walk, status: 'open', member, promotionName: 'Pier walk', timesPossible: 4, timesLeft: 3 },
      steps: [
        {
          ...{ ...step, name: 'Piers visited', description: 'Any pier', currentValue: '2', targetValue: '3.0' },
          ...{ completed: 2, target: 3, percent: 66.67 },
        },
        {
          ...{ ...step, name: 'Reviews written', endDate: '2035-12-31', currentValue: null, targetValue: '2' },
          ...{ completed: 0, target: 2, percent: 0 },
        },
        { ...step, name: 'Boats boarded', currentValue: '1', targetValue: '1', completed: 1, target: 1, percent: 100 },
      ],
    });
    expect(rewards?.points).to.deep.equal([{ currency: 'Stars', points: 1250 }]);
    expect(rewards?.vouchers.map(({ voucher }) => voucher)).to.deep.equal(['Five off']);
  });

  it('says that a promotion has no trail, and where else progress is', async () => {
    const ended = await list(['--promotion', 'Ten cups, one free']);
    expect(ended.stdout.split('\n').slice(1)).to.deep.equal([
      'The org has no engagement trail for the promotion "Ten cups, one free". A trail',
      '  needs an active engagement attribute.',
      'Progress that is counted without a trail: ' +
        "sf loyalty list progress --member HR-100001 --program 'Harbour Rewards' --target-org TARGET_ORG",
      '',
    ]);
    expect(ended.code).to.equal(0);
  });

  it('refuses an API version that has no trails', async () => {
    const ended = await list(['--api-version', '62.0', '--json']);
    expect(errorOf(ended).message).to.equal(
      'An engagement trail needs API version 63.0 or later, and this is 62.0. Nothing was sent.',
    );
    expect(ended.code).to.equal(1);
  });
});

/** A promotion with three steps, and the values of the first member: 2 of 3, none of 2, 1 of 1. */
function addPierWalk({ store }: Emulator): string {
  const LoyaltyProgramId = store.first('LoyaltyProgram', { Name: harbourRewards.name })?.Id;
  const ofProgram = { LoyaltyProgramId, StartDate: '2026-01-01' };
  const PromotionId = store.insert('Promotion', {
    ...{ ...ofProgram, Name: 'Pier walk', IsActive: true, LoyaltyPromotionType: 'Standard', TotalRewardPoints: 1250 },
    LoyaltyProgramCurrencyId: store.first('LoyaltyProgramCurrency', { Name: 'Stars' })?.Id,
    DefaultVoucherDefinitionId: store.insert('VoucherDefinition', {
      ...{ Name: 'Five off', EffectiveDate: '2026-01-01', ExpirationType: 'FixedDate', Type: 'FixedValue' },
    }),
  });
  const attributes = [
    [
      { Name: 'Piers visited', Description: 'Any pier', TargetValue: '3.0' },
      { CurrentValue: '2', ResetCount: 1 },
    ],
    [{ Name: 'Reviews written', TargetValue: '2', EndDate: '2035-12-31' }, undefined],
    [{ Name: 'Boats boarded', TargetValue: '1' }, { CurrentValue: '1' }],
  ] as const;
  for (const [values, value] of attributes) {
    const attribute = { ...ofProgram, ...values, DefaultValue: '0', Status: 'Active', MaximumResetCountPerPeriod: 4 };
    const LoyaltyPgmEngmtAttributeId = store.insert('LoyaltyPgmEngmtAttribute', attribute);
    store.insert('LoyaltyPgmEngmtAttrProm', { LoyaltyProgramEngmtAttrId: LoyaltyPgmEngmtAttributeId, PromotionId });
    const LoyaltyProgramMemberId = store.first('LoyaltyProgramMember', { MembershipNumber: member })?.Id;
    const ofMember = { LoyaltyPgmEngmtAttributeId, LoyaltyProgramMemberId, StartDate: '2026-01-01' };
    if (value) store.insert('LoyaltyPgmMbrAttributeVal', { ...ofMember, ...value });
  }
  return PromotionId;
}
