import { expect } from 'chai';
import { ExampleOrg, purchase } from './exampleProgram.js';

describe('cumulative usage by journals', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start({ settings: { allowNegativeBalance: true } });
    await org.withMembers('WX-1', 'WX-2');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  it('counts purchases, creates the row, and computes the percentage', async () => {
    await org.execute([purchase('WX-1', 5), purchase('WX-1', 5), purchase('WX-2', 5)]);
    await org.execute([purchase('WX-1', 5)]);
    const [row] = await org.rows(
      `SELECT CumulativeUsageCompleted, CumulativeUsageTarget, CumulativeUsageCompletePercent, IsEnrollmentActive
       FROM LoyaltyProgramMbrPromotion WHERE LoyaltyProgramMember.MembershipNumber = 'WX-1'`,
    );
    expect(row).to.deep.include({ CumulativeUsageCompleted: 3, CumulativeUsageTarget: 10 });
    expect(row).to.deep.include({ CumulativeUsageCompletePercent: 30, IsEnrollmentActive: true });
    expect(await org.usage('WX-2')).to.equal(1);
    expect(await org.count('LoyaltyProgramMbrPromotion')).to.equal(2);
  });

  it('never has a percentage that is too large for its field', async () => {
    await using org = await ExampleOrg.start();
    await org.withMembers('WX-1');
    const { store } = org.emulator;
    const promotion = org.addPromotion('One cup', { LoyaltyPromotionType: 'Cumulative', CumulativeUsageTarget: 1 });
    const parents = { LoyaltyProgramMemberId: await org.memberId('WX-1'), PromotionId: promotion };
    const id = await org.api.create('LoyaltyProgramMbrPromotion', parents);
    const { body } = await org.api.get('/sobjects/LoyaltyProgramMbrPromotion/describe');
    const percent = body.fields.find(({ name }: { name: string }) => name === 'CumulativeUsageCompletePercent');
    const most = Number((10 ** (percent.precision - percent.scale) - 10 ** -percent.scale).toFixed(percent.scale));
    for (const [completed, shown] of [
      [9, 900],
      [15, most],
      [2_000_000_000, most],
    ]) {
      await org.api.patch(`/sobjects/LoyaltyProgramMbrPromotion/${id}`, { CumulativeUsageCompleted: completed });
      expect(store.get('LoyaltyProgramMbrPromotion', id)).to.include({ CumulativeUsageCompletePercent: shown });
    }
  });

  it('takes one back for a negative amount, but not below zero, and without creating a row', async () => {
    await org.execute([purchase('WX-1', 5)]);
    await org.execute([purchase('WX-1', -5)]);
    await org.execute([purchase('WX-1', -5)]);
    expect(await org.usage('WX-1')).to.equal(0);
    await org.execute([purchase('WX-2', -5)]);
    expect(await org.usage('WX-2')).to.equal(undefined);
  });

  it('adds the number of uses in the setting', async () => {
    await using other = await ExampleOrg.start({ settings: { usagePerPurchase: 3 } });
    await other.withMembers('WX-1');
    await other.execute([purchase('WX-1', 5)]);
    expect(await other.usage('WX-1')).to.equal(3);
  });

  it('continues after the target', async () => {
    await org.execute(Array.from({ length: 12 }, () => purchase('WX-1', 1)));
    expect(await org.usage('WX-1')).to.equal(12);
  });

  describe('of a promotion that a customer may use three times', () => {
    /** Uses since the last reward, and rewards. */
    const standing = async (member: string): Promise<unknown[]> => {
      const ofMember = `LoyaltyProgramMemberId = '${await org.memberId(member)}' AND Promotion.Name = 'Two cups'`;
      const uses = await org.rows(`SELECT CumulativeUsageCompleted FROM LoyaltyProgramMbrPromotion WHERE ${ofMember}`);
      const rounds = await org.rows(`SELECT UsageCount FROM PromotionPartyUsage WHERE ${ofMember}`);
      return [uses[0]?.['CumulativeUsageCompleted'], rounds[0]?.['UsageCount']];
    };
    const buy = (count: number, amount = 5) =>
      org.execute(Array.from({ length: count }, () => purchase('WX-1', amount)));

    beforeEach(async () => {
      const PromotionId = org.addPromotion('Two cups', {
        LoyaltyPromotionType: 'Cumulative',
        CumulativeUsageTarget: 2,
      });
      const limit = { PromotionId, Category: 'CustomerLevel', Type: 'UsagePerCustomer', Value: 3 };
      await org.api.create('PromotionLimit', limit);
    });

    it('starts again at the target, and counts how often that was', async () => {
      await buy(1);
      expect(await standing('WX-1')).to.deep.equal([1, 0]);
      await buy(1);
      expect(await standing('WX-1')).to.deep.equal([0, 1]);
      await buy(3);
      expect(await standing('WX-1')).to.deep.equal([1, 2]);
    });

    it('takes back what completed a round, and goes on counting after the last one', async () => {
      await buy(2);
      await buy(1, -5);
      expect(await standing('WX-1')).to.deep.equal([1, 0]);
      await buy(8);
      expect(await standing('WX-1')).to.deep.equal([3, 3]);
    });
  });

  it('is counted for active cumulative promotions with a target, if the purchase is within their dates', async () => {
    const cumulative = { LoyaltyPromotionType: 'Cumulative', CumulativeUsageTarget: 5 };
    const ids = {
      standard: org.addPromotion('Standard', { LoyaltyPromotionType: 'Standard' }),
      untargeted: org.addPromotion('Untargeted', { LoyaltyPromotionType: 'Cumulative' }),
      inactive: org.addPromotion('Inactive', { ...cumulative, IsActive: false }),
      ended: org.addPromotion('Ended', { ...cumulative, EndDate: '2026-02-28' }),
      future: org.addPromotion('Future', { ...cumulative, StartDate: '2026-03-02' }),
      lastDay: org.addPromotion('Last day', { ...cumulative, StartDate: '2026-03-01', EndDate: '2026-03-01' }),
    };
    await org.execute([purchase('WX-1', 5)]);
    const found = await Promise.all(
      Object.entries(ids).map(async ([name, id]) => [name, await org.usage('WX-1', id)] as const),
    );
    expect(found.filter(([, usage]) => usage !== undefined)).to.deep.equal([['lastDay', 1]]);
    expect(await org.usage('WX-1')).to.equal(1);
  });

  it('needs an active enrollment if the promotion requires one', async () => {
    const cumulative = { LoyaltyPromotionType: 'Cumulative', CumulativeUsageTarget: 5, IsEnrollmentRequired: true };
    const PromotionId = org.addPromotion('Club cups', cumulative);
    const LoyaltyProgramMemberId = await org.memberId('WX-1');
    await org.execute([purchase('WX-1', 5)]);
    expect(await org.usage('WX-1', PromotionId)).to.equal(undefined);
    const { store } = org.emulator;
    const row = store.insert('LoyaltyProgramMbrPromotion', {
      PromotionId,
      LoyaltyProgramMemberId,
      IsEnrollmentActive: true,
    });
    await org.execute([purchase('WX-1', 5)]);
    expect(await org.usage('WX-1', PromotionId)).to.equal(1);
    store.update('LoyaltyProgramMbrPromotion', row, { IsEnrollmentActive: false });
    await org.execute([purchase('WX-1', 5)]);
    expect(await org.usage('WX-1', PromotionId)).to.equal(1);
  });
});

describe('tiers', () => {
  const tiers = async (org: ExampleOrg, member = 'WX-1') => {
    const rows = await org.rows(
      `SELECT Name, Status, EffectiveDate, TierExpirationDate FROM LoyaltyMemberTier
       WHERE LoyaltyMember.MembershipNumber = '${member}' ORDER BY Id`,
    );
    return rows.map(({ Name, Status, EffectiveDate, TierExpirationDate }) => {
      return [Name, Status, EffectiveDate, TierExpirationDate];
    });
  };
  const at = (day: string) => ({ now: () => Date.parse(`${day}T12:00:00Z`), sleep: () => Promise.resolve() });

  it('follow the qualifying balance up and down, with a row for the past', async () => {
    let day = '2026-05-01';
    const clock = { ...at(day), now: () => at(day).now() };
    await using org = await ExampleOrg.start({ clock, settings: { allowNegativeBalance: true } });
    await org.withMembers('WX-1');
    await org.execute([purchase('WX-1', '99.99')]);
    expect(await tiers(org)).to.deep.equal([['Bronze', 'Active', '2026-02-14', null]]);
    await org.execute([purchase('WX-1', '0.01')]);
    day = '2026-05-02';
    await org.execute([purchase('WX-1', 400), purchase('WX-1', 1)]);
    day = '2026-05-03';
    await org.execute([purchase('WX-1', -500)]);
    expect(await tiers(org)).to.deep.equal([
      ['Bronze', 'Inactive', '2026-02-14', '2026-05-01'],
      ['Silver', 'Inactive', '2026-05-01', '2026-05-02'],
      ['Gold', 'Inactive', '2026-05-02', '2026-05-03'],
      ['Bronze', 'Active', '2026-05-03', null],
    ]);
  });

  it('have one row per day, even if they change twice', async () => {
    await using org = await ExampleOrg.start({ clock: at('2026-05-01') });
    await org.withMembers('WX-1');
    await org.execute([purchase('WX-1', 150)]);
    await org.execute([purchase('WX-1', 400)]);
    expect(await tiers(org)).to.deep.equal([
      ['Bronze', 'Inactive', '2026-02-14', '2026-05-01'],
      ['Gold', 'Active', '2026-05-01', null],
    ]);
  });

  it('do not change if the setting says so, or if no tier has a minimum', async () => {
    await using still = await ExampleOrg.start({ settings: { tierFollowsBalance: false } });
    await using flat = await ExampleOrg.start();
    const { store } = flat.emulator;
    for (const { Id } of store.find('LoyaltyTier', {}))
      store.update('LoyaltyTier', Id, { MinimumEligibleBalance: null });
    for (const org of [still, flat]) {
      await org.withMembers('WX-1');
      await org.execute([purchase('WX-1', 1000)]);
      expect((await tiers(org)).map(([name]) => name)).to.deep.equal(['Bronze']);
    }
  });

  it('are decided by the currency that the group assesses', async () => {
    await using org = await ExampleOrg.start();
    const { store } = org.emulator;
    const currency = { CurrencyType: 'Qualifying', IsActive: true, LoyaltyProgramId: org.program.id };
    store.insert('LoyaltyProgramCurrency', { Name: 'Nights', ...currency });
    await org.withMembers('WX-1', 'WX-2');
    await org.execute([purchase('WX-1', 1000)]);
    // Two qualifying currencies, and nothing says which.
    expect((await tiers(org)).map(([name]) => name)).to.deep.equal(['Bronze']);
    store.update('LoyaltyTierGroup', org.program.tierGroup, { TierAssessmentCurrencyId: org.program.miles });
    await org.execute([purchase('WX-2', 1000)]);
    expect((await tiers(org, 'WX-2')).map(([name]) => name)).to.deep.equal(['Bronze', 'Gold']);
  });

  it('are assigned with the first points if the enrollment assigned none', async () => {
    await using org = await ExampleOrg.start({ settings: { assignInitialTier: false } });
    await org.withMembers('WX-1');
    await org.execute([purchase('WX-1', 1)]);
    expect((await tiers(org)).map(([name]) => name)).to.deep.equal(['Bronze']);
  });
});
