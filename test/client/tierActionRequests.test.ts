import { expect } from 'chai';
import nock from 'nock';
import { standardActions } from '../../src/contract/actions/index.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

const LoyaltyProgramMemberId = '0lMAb0000004T7uAAE';
const group = { LoyaltyProgramMemberId, ProgramName: 'Harbour Rewards', TierGroupName: 'Harbour Status' };

/** The exact requests of the actions and the process for tiers and benefits. */
describe('requests of the actions for tiers and benefits', () => {
  const client = clientOnTheWire();
  const { actions } = client;

  const answering = (path: string, input: object, outputValues: object | null): nock.Scope =>
    nock(origin)
      .post(`/services/data/v66.0${path}`, { inputs: [input] } as nock.DataMatcherMap)
      .reply(200, [{ actionName: path.split('/').at(-1), errors: null, isSuccess: true, outputValues }], contentType);

  it('change and get a tier', async () => {
    const change = { ...group, TargetTierName: 'Gold', ChangeReason: 'A friend of the house' };
    const answer = { ...group, TargetTierName: 'Gold' };
    answering('/actions/standard/changeTier', change, answer);
    expect(await actions.run(standardActions.changeTier, change)).to.deep.equal(answer);
    const typed = { ...change, ChangeReasonType: 'VIP Member' };
    answering('/actions/standard/changeTierWhenNoErrors', typed, answer);
    expect(await actions.run(standardActions.changeTierWhenNoErrors, typed)).to.deep.equal(answer);
    answering('/actions/standard/getTier', group, { ...group, TierName: 'Gold', SequenceNumber: '3' });
    expect(await actions.run(standardActions.getTier, group)).to.include({ TierName: 'Gold', SequenceNumber: 3 });
  });

  it('under the name of the guide, if the org does not know the one of flows', async () => {
    const nameInFlows = '/actions/standard/assignTierBenefits';
    nock(origin)
      .post(`/services/data/v66.0${nameInFlows}`)
      .reply(404, [{ errorCode: 'NOT_FOUND', message: 'No such action.' }], contentType);
    const input = { LoyaltyProgramMemberId };
    answering('/actions/standard/assignMemberTierBenefits', input, { MemberBenefits: ['0hWAb0000000001AAA'] });
    expect(await actions.run(standardActions.assignTierBenefits, input)).to.deep.equal({
      MemberBenefits: ['0hWAb0000000001AAA'],
    });
  });

  it('process a benefit, which answers nothing', async () => {
    const input = { MemberBenefitId: '0hWAb0000000001AAA' };
    answering('/actions/standard/executeMemberBenefit', input, null);
    expect(await actions.run(standardActions.executeMemberBenefit, input)).to.deep.equal({});
  });

  it('a new referral code, which answers nothing', async () => {
    const input = { LoyaltyProgramMemberId };
    answering('/actions/standard/generateMemberReferralCode', input, null);
    expect(await actions.run(standardActions.generateMemberReferralCode, input)).to.deep.equal({});
  });

  const dates = { EffectiveDate: '2026-05-01', TierExpirationDate: '2027-04-30' };
  const asked = { MemberId: LoyaltyProgramMemberId, NewTier: 'Gold', ReasonForChange: 'VIP' };
  const processAnswers = (name: string, outputParameters: object): nock.Scope =>
    nock(origin)
      .post(`/services/data/v66.0/connect/loyalty/programs/Harbour%20Rewards/program-processes/${name}`, {
        processParameters: [asked],
      })
      .reply(200, { message: null, outputParameters, simulationDetails: {}, status: true }, contentType);
  const wanted = { memberId: LoyaltyProgramMemberId, tier: 'Gold', reason: 'VIP' };

  it('a process of type TierProcessing, with results nested once as in its sample', async () => {
    processAnswers('update%20Tier', { results: [{ CurrentTier: 'Gold', PreviousTier: 'Silver', ...dates }] });
    expect(await client.tiers.change('Harbour Rewards', { ...wanted, processName: 'update Tier' })).to.deep.equal({
      currentTier: 'Gold',
      previousTier: 'Silver',
      effectiveDate: '2026-05-01',
      expirationDate: '2027-04-30',
    });
  });

  it('the process without an active rule, which answers nothing', async () => {
    processAnswers('TierProcessing', { outputParameters: { results: [] } });
    expect(await client.tiers.change('Harbour Rewards', wanted)).to.include({ currentTier: null, effectiveDate: null });
  });
});
