import { expect } from 'chai';
import { RunActionResult } from '../../src/cli/results/listResults.js';
import { runPointsJobs } from '../../src/emulator/index.js';
import { Cli, resultOf } from '../support/cli.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

const program = 'Harbour Rewards';
type Inputs = Readonly<Record<string, string | undefined>>;

/** The standard actions that have no command of their own, in an order in which each has what it needs. */
describe('run action', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  let member: string;
  let journal: string;
  let silver: string;

  before(async () => {
    shop = await openShop({ members: 1 });
    const { store } = shop.org;
    member = store.first('LoyaltyProgramMember', {})?.Id ?? '';
    silver = store.first('LoyaltyTier', { Name: 'Silver' })?.Id ?? '';
    journal = accrual('Processed');
    const BenefitTypeId = store.insert('BenefitType', { Name: 'Hospitality', Category: 'Loyalty' });
    const BenefitId = store.insert('Benefit', { Name: 'Free refill', BenefitTypeId, IsActive: true });
    store.insert('LoyaltyTierBenefit', { Name: 'Free refill', LoyaltyTierId: silver, BenefitId });
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const inStars = (): Inputs => ({
    LoyaltyProgramMemberId: member,
    ProgramName: program,
    ProgramCurrencyName: 'Stars',
  });
  const inGroup = (): Inputs => ({
    LoyaltyProgramMemberId: member,
    ProgramName: program,
    TierGroupName: 'Harbour Status',
  });

  const actions: readonly (readonly [string, () => Inputs, (outputs: Readonly<Record<string, unknown>>) => void])[] = [
    ['creditPoints', () => ({ ...inStars(), JournalId: journal, Points: '50' }), () => expect(stars()).to.equal(50)],
    [
      'debitPoints',
      () => ({ ...inStars(), JournalId: journal, Points: '10' }),
      ({ PointsBalance }) => expect([PointsBalance, stars()]).to.deep.equal([40, 40]),
    ],
    ['getPointsBalance', inStars, ({ PointsBalance }) => expect(PointsBalance).to.equal(40)],
    [
      'runProgramProcessForTransactionJournal',
      () => ({ transactionJournalId: (journal = accrual('Pending')) }),
      () => expect(stars()).to.equal(60),
    ],
    ['transferMemberPointsToGroups', () => ({ JournalId: inAGroup() && journal }), () => expect(stars()).to.equal(50)],
    ['getTier', inGroup, ({ TierName }) => expect(TierName).to.equal('Bronze')],
    ['changeTier', () => toTier('Gold'), ({ TargetTierName }) => expect(TargetTierName).to.equal('Gold')],
    ['changeTierWhenNoErrors', () => toTier('Silver'), () => expect(tier()).to.equal(silver)],
    [
      'assignTierBenefits',
      () => ({ LoyaltyProgramMemberId: member }),
      ({ MemberBenefits }) => expect(MemberBenefits).to.deep.equal([benefit()?.Id]),
    ],
    [
      'executeMemberBenefit',
      () => ({ MemberBenefitId: benefit()?.Id }),
      () => expect(benefit()).to.include({ Status: 'Processed' }),
    ],
    [
      'generateMemberReferralCode',
      () => ({ LoyaltyProgramMemberId: member }),
      () => expect(shop.org.store.get('LoyaltyProgramMember', member)?.['ReferralCode']).to.match(/^\w{8}$/),
    ],
  ];

  for (const [action, inputs, expectDone] of actions) {
    it(`runs ${action}`, async () => expectDone(await outputsOf(action, inputs())));
  }

  it('runs reinstatePoints', async () => {
    const { store, url } = shop.org;
    const currency = store.first('LoyaltyProgramCurrency', { Name: 'Stars' })?.Id ?? '';
    const expiry = { ExpiryModel: 'Activity', ExpiryPeriodFrequency: 1, ExpiryPeriodUnit: 'Months' };
    store.update('LoyaltyProgramCurrency', currency, expiry);
    const window = { ExtensionType: 'ReinstatementWindow', ExtensionDuration: 4000, ExtensionDurationUnit: 'Days' };
    store.insert('LoyaltyPgmCurrencyExtPrd', { ...window, LoyaltyProgramCurrencyId: currency });
    await runPointsJobs(url);
    expect(stars()).to.equal(0);
    const inputs = { loyaltyProgramName: program, loyaltyProgramCurrencyName: 'Stars', loyaltyProgramMemberId: member };
    expect(await outputsOf('reinstatePoints', inputs)).to.include({ pointsReinstated: 50 });
    expect(stars()).to.equal(50);
  });

  async function outputsOf(action: string, inputs: Inputs): Promise<Readonly<Record<string, unknown>>> {
    const given = Object.entries(inputs).flatMap(([name, value]) => ['--input', `${name}=${value ?? ''}`]);
    const args = ['--program', program, '--action', action, ...given, '--key', action, '--json'];
    const [record] = resultOf(await cli.run('run action', args, { org: shop.org }), RunActionResult).records;
    expect(record).to.include({ key: action, status: 'done' });
    return record?.outputs ?? {};
  }

  function accrual(Status: string): string {
    const JournalTypeId = shop.org.store.first('JournalType', { Name: 'Accrual' })?.Id;
    const ofProgram = { LoyaltyProgramId: shop.org.store.first('LoyaltyProgram', {})?.Id, MemberId: member };
    const fields = { ActivityDate: '2026-03-01T10:00:00.000Z', JournalTypeId, Status, TransactionAmount: 20 };
    return shop.org.store.insert('TransactionJournal', { ...fields, ...ofProgram });
  }

  /** Half of what the member earns goes to the group. */
  function inAGroup(): string {
    const { store } = shop.org;
    const ProgramId = store.first('LoyaltyProgram', {})?.Id;
    const numbered = { MembershipNumber: 'G-1', MemberType: 'Group', MemberStatus: 'Active' };
    const group = store.insert('LoyaltyProgramMember', { ...numbered, ProgramId, EnrollmentDate: '2026-01-01' });
    return store.insert('LoyaltyPgmGroupMbrRlnsp', {
      LoyaltyProgramGroupMemberId: group,
      RelatedLoyaltyProgramMemberId: member,
      ContributionCalculationType: 'Percentage',
      MemberPointContributionPercent: 50,
    });
  }

  function stars(): unknown {
    const currency = shop.org.store.first('LoyaltyProgramCurrency', { Name: 'Stars' })?.Id;
    const key = { LoyaltyMemberId: member, LoyaltyProgramCurrencyId: currency };
    return shop.org.store.first('LoyaltyMemberCurrency', key)?.['PointsBalance'];
  }

  const toTier = (TargetTierName: string): Inputs => ({ ...inGroup(), TargetTierName, ChangeReason: 'A guest' });

  function tier(): unknown {
    const rows = shop.org.store.find('LoyaltyMemberTier', { LoyaltyMemberId: member });
    return rows.at(-1)?.['LoyaltyTierId'];
  }

  function benefit() {
    return shop.org.store.first('MemberBenefit', { MemberId: member });
  }
});
