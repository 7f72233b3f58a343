import { expect } from 'chai';
import { orgWith } from './fakeOrg.js';
import { failureOf } from './loopback.js';

const LoyaltyProgramMember = { Id: '0lM000000000001AAA', MembershipNumber: 'M-77' };
const memberRow = {
  ...LoyaltyProgramMember,
  MemberStatus: 'Active',
  MemberType: 'Individual',
  EnrollmentDate: null,
  ContactId: null,
};
const LoyaltyProgram = [{ Id: '0lp1', Name: 'Harbour', Status: 'Active' }];
const member = { memberId: LoyaltyProgramMember.Id, membershipNumber: 'M-77' };
const cups = { Id: '0c8cups', Name: 'Ten cups, one free', EndDate: '2026-12-31' };
const cupsKeys = { promotionId: cups.Id, promotionName: cups.Name, promotionEndDate: cups.EndDate };
const spend = { Id: '0c8spend', Name: 'Spend 500', EndDate: null };
const spendKeys = { promotionId: spend.Id, promotionName: spend.Name, promotionEndDate: null };

const usage = (done: number | null, target: number | null, percent: number | null) => ({
  Promotion: cups,
  LoyaltyProgramMember,
  CumulativeUsageCompleted: done,
  CumulativeUsageTarget: target,
  CumulativeUsageCompletePercent: percent,
});

const attribute = (CumulativeUsageTarget: number | null) => ({
  LoyaltyProgramEngmtAttr: { Id: 'attr1', Name: 'Monthly Spend', TargetValue: '500' },
  Promotion: { ...spend, CumulativeUsageTarget, IsActive: true },
});

const value = (CurrentValue: string | null, StartDate: string, EndDate: string | null) => ({
  LoyaltyPgmEngmtAttributeId: 'attr1',
  LoyaltyProgramMember,
  CurrentValue,
  StartDate,
  EndDate,
});

const monthlySpend = {
  ...spendKeys,
  ...member,
  completed: 125.5,
  target: 500,
  percent: 25.1,
  timesReached: 0,
  mechanism: 'engagementAttribute',
  attributeId: 'attr1',
  attributeName: 'Monthly Spend',
  isStored: true,
} as const;

const threeCups = {
  ...cupsKeys,
  ...member,
  completed: 3,
  target: 4,
  percent: 75,
  timesReached: 0,
  mechanism: 'cumulativeUsage',
  attributeId: null,
  attributeName: null,
  isStored: true,
} as const;

describe('the progress of members', () => {
  it('is read for a cumulative promotion with its own target', async () => {
    await using org = await orgWith({ LoyaltyProgramMbrPromotion: [usage(3, 4, 75)] });
    expect(await org.client.progress.list('Harbour')).to.deep.equal([threeCups]);
    expect(org.soql.join('\n')).to.contain("WHERE LoyaltyProgramMember.Program.Name = 'Harbour' AND Promotion.Loyalty");
  });

  it('is computed if the field of the org has its maximum, 999.99', async () => {
    await using org = await orgWith({ LoyaltyProgramMbrPromotion: [usage(143, 10, 999.99), usage(49, 10, 490)] });
    const rows = await org.client.progress.list('Harbour');
    expect(rows.map(({ percent }) => percent)).to.deep.equal([1430, 490]);
  });

  it('is read from engagement attributes, in the current period', async () => {
    await using org = await orgWith({
      LoyaltyProgramMbrPromotion: [usage(null, null, null)],
      LoyaltyPgmEngmtAttrProm: [attribute(null)],
      LoyaltyPgmMbrAttributeVal: [
        value('480', '2026-05-01', '2026-05-31'),
        value('125.5', '2026-06-01', '2026-06-30'),
        value('1', '2026-07-01', null),
      ],
    });
    expect(await org.client.progress.list('Harbour')).to.deep.equal([monthlySpend]);
  });

  it('is read from only one place if the promotion has both a target and an attribute', async () => {
    await using org = await orgWith({
      LoyaltyProgramMbrPromotion: [usage(3, 4, null)],
      LoyaltyPgmEngmtAttrProm: [attribute(4)],
      LoyaltyPgmMbrAttributeVal: [value('125.5', '2026-06-01', null)],
    });
    expect(await org.client.progress.list('Harbour')).to.deep.equal([threeCups]);
  });

  it('is read in an org without engagement attributes', async () => {
    await using org = await orgWith({
      LoyaltyProgramMbrPromotion: [usage(3, 4, 75)],
      LoyaltyPgmEngmtAttrProm: 'INVALID_TYPE',
    });
    expect(await org.client.progress.list('Harbour')).to.deep.equal([threeCups]);
  });

  it('can be limited to progress near the target: at least this many percent, and not complete', async () => {
    await using org = await orgWith({
      LoyaltyProgram,
      LoyaltyProgramMbrPromotion: [usage(3, 4, 75), usage(4, 4, 100), usage(50, 4, 1250), usage(99_999, 100_000, 100)],
      LoyaltyPgmEngmtAttrProm: [attribute(null)],
      LoyaltyPgmMbrAttributeVal: [value('125.5', '2026-06-01', null)],
    });
    const near = async (percent: number): Promise<(number | null)[]> =>
      (await org.client.progress.list('Harbour', { near: percent })).map(({ completed }) => completed);
    // The org rounds its percentage: 99,999 of 100,000 is not complete yet.
    expect(await near(25)).to.deep.equal([3, 99_999, 125.5]);
    expect(org.soql.join('\n')).to.contain(
      'AND CumulativeUsageCompletePercent >= 25 AND CumulativeUsageCompletePercent <= 100',
    );
    expect(await near(80)).to.deep.equal([99_999]);
  });

  it('counts how often a target was reached: by a promotion that starts again, or one that goes on', async () => {
    const rewards = { PromotionId: cups.Id, LoyaltyProgramMemberId: LoyaltyProgramMember.Id };
    const other = { Promotion: { ...cups, Id: '0c8other' } };
    await using org = await orgWith({
      LoyaltyProgramMbrPromotion: [usage(3, 10, 30), { ...usage(49, 10, 490), ...other }],
      PromotionPartyUsage: [{ ...rewards, UsageCount: 2 }],
      LoyaltyPgmEngmtAttrProm: [attribute(null)],
      LoyaltyPgmMbrAttributeVal: [{ ...value('125.5', '2026-06-01', null), ResetCount: 5 }],
    });
    const rows = await org.client.progress.list('Harbour', { reached: true });
    expect(rows.map(({ completed, timesReached }) => [completed, timesReached])).to.deep.equal([
      [3, 2],
      [49, 4],
      [125.5, 5],
    ]);
  });

  it('can be limited to those who have reached a target', async () => {
    await using org = await orgWith({
      LoyaltyProgramMbrPromotion: [usage(9, 10, 90), usage(10, 10, 100)],
      PromotionPartyUsage: 'INVALID_TYPE',
    });
    const rows = await org.client.progress.list('Harbour', { reached: true });
    expect(rows.map(({ completed }) => completed)).to.deep.equal([10]);
  });

  for (const near of [-1, 100, 101, Number.NaN]) {
    it(`cannot be limited to ${near} %, which no open progress can have`, async () => {
      await using org = await orgWith({});
      expect(await failureOf(org.client.progress.list('Harbour', { near }))).to.be.instanceOf(RangeError);
      expect(org.soql).to.deep.equal([]);
    });
  }

  it('of one member includes promotions without progress, but none that have not begun or have ended', async () => {
    const waiting = { Id: '0c8new', Name: 'New', StartDate: '2026-06-01', EndDate: null, CumulativeUsageTarget: 8 };
    await using org = await orgWith({
      LoyaltyProgramMember: [memberRow],
      LoyaltyProgramMbrPromotion: [usage(3, 4, 75)],
      LoyaltyPgmEngmtAttrProm: [attribute(null)],
      Promotion: [
        waiting,
        { ...waiting, Id: '0c8later', StartDate: '2026-06-17' },
        { ...waiting, Id: '0c8over', EndDate: '2026-06-13' },
        { ...cups, StartDate: null, CumulativeUsageTarget: 4 },
        { ...spend, StartDate: null, CumulativeUsageTarget: null },
      ],
    });
    expect(await org.client.progress.list('Harbour', { member: 'M-77' })).to.deep.equal([
      threeCups,
      {
        ...member,
        promotionId: '0c8new',
        promotionName: 'New',
        promotionEndDate: null,
        completed: 0,
        target: 8,
        percent: 0,
        timesReached: 0,
        mechanism: 'cumulativeUsage',
        attributeId: null,
        attributeName: null,
        isStored: false,
      },
      { ...monthlySpend, completed: 0, percent: 0, isStored: false },
    ]);
    expect(org.soql.join('\n')).to.contain("AND LoyaltyProgramMember.MembershipNumber = 'M-77'");
  });
});

describe('the progress of one member in one promotion', () => {
  const keys = { memberId: '0lM1', promotionId: '0c8cups' };
  const both = { LoyaltyProgramMember: [{ Id: keys.memberId }], Promotion: [{ Id: keys.promotionId }] };

  it('is empty if there is no row', async () => {
    await using org = await orgWith(both);
    expect(await org.client.progress.read(keys)).to.deep.equal({
      recordId: null,
      completed: 0,
      target: null,
      percent: null,
    });
  });

  it('is set in an existing row', async () => {
    await using org = await orgWith({
      LoyaltyProgramMbrPromotion: [{ Id: '1lp1', CumulativeUsageCompleted: 2, CumulativeUsageTarget: 5 }],
    });
    const before = await org.client.progress.set({ ...keys, to: 4 });
    expect(before).to.deep.equal({ recordId: '1lp1', completed: 2, target: 5, percent: 40 });
    expect(org.org.requests.at(-1)).to.include({
      method: 'PATCH',
      url: '/services/data/v66.0/sobjects/LoyaltyProgramMbrPromotion/1lp1',
      body: '{"CumulativeUsageCompleted":4}',
    });
  });

  it('is set in a new row otherwise', async () => {
    await using org = await orgWith(both);
    await org.client.progress.set({ ...keys, to: 4 });
    expect(org.org.requests.at(-1)).to.include({
      method: 'POST',
      url: '/services/data/v66.0/sobjects/LoyaltyProgramMbrPromotion',
    });
    expect(JSON.parse(org.org.requests.at(-1)!.body)).to.deep.equal({
      LoyaltyProgramMemberId: '0lM1',
      PromotionId: '0c8cups',
      CumulativeUsageCompleted: 4,
    });
  });
});
