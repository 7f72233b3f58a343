import { expect } from 'chai';
import { ExampleOrg, programName, purchase } from './exampleProgram.js';

type Row = Record<string, unknown>;

describe('actions for the tiers, benefits and referral code of a member', () => {
  let org: ExampleOrg;
  let member: string;

  beforeEach(async () => {
    org = await ExampleOrg.start({ clock: { now: () => Date.parse('2026-05-01T12:00:00Z'), sleep: async () => {} } });
    await org.withMembers('WX-1', 'WX-2');
    member = await org.memberId('WX-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const act = async (name: string, ...inputs: Row[]): Promise<Row[]> =>
    (await org.api.post(`/actions/standard/${name}`, { inputs })).body;
  const inGroup = (LoyaltyProgramMemberId = member) => {
    return { LoyaltyProgramMemberId, ProgramName: programName, TierGroupName: 'Status' };
  };
  const to = (TargetTierName: string, id = member) => ({ ...inGroup(id), TargetTierName, ChangeReason: 'VIP' });
  const tierOf = async (id = member): Promise<unknown> => {
    const [answer] = await act('getTier', inGroup(id));
    return (answer?.['outputValues'] as Row)['TierName'];
  };

  it('change a tier once, with its reason and a row for the past', async () => {
    const [answer] = await act('changeTier', to('gold'));
    expect(answer).to.deep.include({ isSuccess: true, outputValues: { ...inGroup(), TargetTierName: 'Gold' } });
    await act('changeTier', to('Gold'));
    const rows = await org.rows(
      `SELECT Name, Status, ReasonForChange FROM LoyaltyMemberTier WHERE LoyaltyMemberId = '${member}' ORDER BY Id`,
    );
    expect(rows.map(({ Name, Status, ReasonForChange }) => [Name, Status, ReasonForChange])).to.deep.equal([
      ['Bronze', 'Inactive', null],
      ['Gold', 'Active', 'VIP'],
    ]);
    expect(await tierOf()).to.equal('Gold');
  });

  it('have a process that does the same, and says the tier before', async () => {
    org.addProcess('TierProcessing', { Name: 'Change Member Tier' });
    const run = async (more: Row): Promise<Row> => {
      const { body } = await org.process('change member tier', { MembershipNumber: 'WX-1', ...more });
      return body.status ? body.outputParameters.outputParameters.results[0] : body;
    };
    const gold = { CurrentTier: 'Gold', EffectiveDate: '2026-05-01', TierExpirationDate: null };
    expect(await run({ NewTier: 'gold' })).to.deep.equal({ ...gold, PreviousTier: 'Bronze' });
    expect(await run({ NewTier: 'Gold' })).to.deep.equal({ ...gold, PreviousTier: 'Gold' });
    expect(await run({ TierName: 'Silver' })).to.include({ status: false, message: 'NewTier is missing.' });
  });

  it('name what is not there', async () => {
    const message = async (input: Row): Promise<unknown> => {
      const [element] = await act('changeTier', input);
      return (element?.['errors'] as Row[])[0]?.['message'];
    };
    expect(await message(to('Platinum'))).to.equal('No tier Platinum is in the tier groups of the program: Status.');
    const elsewhere = { ...to('Gold'), TierGroupName: 'Clubs' };
    expect(await message(elsewhere)).to.equal(`${programName} has no active tier group Clubs.`);
  });

  it('change all tiers, or none of them', async () => {
    const other = await org.memberId('WX-2');
    const failed = await act('changeAllTierOrNone', to('Gold'), to('Platinum', other));
    expect(failed.map(({ actionName, isSuccess }) => [actionName, isSuccess])).to.deep.equal([
      ['changeTierWhenNoErrors', false],
      ['changeTierWhenNoErrors', false],
    ]);
    expect([await tierOf(), await tierOf(other)]).to.deep.equal(['Bronze', 'Bronze']);
    await act('changeTierWhenNoErrors', { ...to('Gold'), ChangeReasonType: 'VIP Member' }, to('Silver', other));
    expect([await tierOf(), await tierOf(other)]).to.deep.equal(['Gold', 'Silver']);
    expect(await org.count('LoyaltyMemberTier', `WHERE ChangeReasonType = 'VIP Member'`)).to.equal(1);
  });

  it('give the benefits of the tier once, end those of the former one, and process them', async () => {
    const lounge = benefitOf('Gold', 'Lounge');
    benefitOf('Silver', 'Cookie');
    benefitOf('Silver', 'Old cookie', { IsActive: false });
    await org.execute([purchase('WX-1', 150)]);
    const given = async (): Promise<unknown> => {
      const [answer] = await act('assignMemberTierBenefits', { LoyaltyProgramMemberId: member });
      expect(answer).to.include({ actionName: 'assignTierBenefits', isSuccess: true });
      return (answer?.['outputValues'] as { MemberBenefits: string[] }).MemberBenefits;
    };
    const first = await given();
    expect(first).to.have.length(1);
    expect(await given()).to.deep.equal([]);
    await act('changeTier', to('Gold'));
    const [second] = (await given()) as string[];
    expect(await benefits()).to.deep.equal([
      ['Cookie', 'ExpiredPendingProcessing', '2026-05-01'],
      ['Lounge', 'NewPendingProcessing', null],
    ]);
    const [done] = await act('processMemberBenefitAction', { MemberBenefitId: second });
    const [again] = await act('executeMemberBenefit', { MemberBenefitId: second });
    expect([done?.['isSuccess'], again?.['isSuccess']]).to.deep.equal([true, false]);
    const listed = await org.api.get(`/connect/loyalty/member/${member}/memberbenefits`);
    expect(listed.body.memberBenefits[1]).to.include({ benefitId: lounge, memberBenefitStatus: 'Processed' });
  });

  it('replace the referral code of a member each time', async () => {
    const codes = new Set<unknown>();
    for (let times = 0; times < 3; times++) {
      const [row] = await org.rows(`SELECT ReferralCode FROM LoyaltyProgramMember WHERE Id = '${member}'`);
      expect(row?.['ReferralCode']).to.match(/^\w{8}$/);
      codes.add(row?.['ReferralCode']);
      await act('generateMemberReferralCode', { LoyaltyProgramMemberId: member });
    }
    expect(codes.size).to.equal(3);
  });

  function benefitOf(tier: string, Name: string, more: Row = {}): string {
    const { store } = org.emulator;
    const BenefitTypeId = store.insert('BenefitType', { Name: 'Hospitality', Category: 'Loyalty' });
    const BenefitId = store.insert('Benefit', { Name, BenefitTypeId, IsActive: true, ...more });
    const LoyaltyTierId = store.first('LoyaltyTier', { Name: tier })?.Id;
    store.insert('LoyaltyTierBenefit', { Name, BenefitId, LoyaltyTierId });
    return BenefitId;
  }

  async function benefits(): Promise<unknown[]> {
    const rows = await org.rows(
      `SELECT Name, Status, EndDate FROM MemberBenefit WHERE MemberId = '${member}' ORDER BY Name`,
    );
    return rows.map(({ Name, Status, EndDate }) => [Name, Status, EndDate]);
  }
});
