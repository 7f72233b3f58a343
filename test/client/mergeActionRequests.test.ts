import { expect } from 'chai';
import nock from 'nock';
import { standardActions } from '../../src/contract/actions/index.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

const [source, target] = ['0lMAb0000004T7uAAE', '0lMAb0000004T7vAAE'];

/** The exact requests of the actions for memberships, segments and traces. */
describe('requests of the actions for merges, segments and traces', () => {
  const { actions } = clientOnTheWire();

  const answering = (path: string, input: object, output: object): nock.Scope =>
    nock(origin)
      .post(`/services/data/v66.0${path}`, { inputs: [input] } as nock.DataMatcherMap)
      .reply(200, [{ actionName: path.split('/').at(-1), errors: null, isSuccess: true, ...output }], contentType);

  it('merge and unmerge, which answer nothing', async () => {
    const merge = {
      sourceLoyaltyProgramMemberId: source,
      targetLoyaltyProgramMemberId: target,
      reasonForMergingMemberships: 'The same person',
      shouldTransferVouchers: true,
      shouldSetHigherCurrentTierForTargetMember: false,
    };
    answering('/actions/standard/mergeLoyaltyProgramMembership', merge, { outputValues: null });
    expect(await actions.run(standardActions.mergeLoyaltyProgramMembership, merge)).to.deep.equal({});
    const unmerge = { mergedLoyaltyProgramMemberId: source };
    answering('/actions/standard/unmergeLoyaltyProgramMembership', unmerge, { outputValues: null });
    expect(await actions.run(standardActions.unmergeLoyaltyProgramMembership, unmerge)).to.deep.equal({});
  });

  it('promotions as records', async () => {
    const promotion = { attributes: { type: 'Promotion', url: '/x' }, Id: '0c8Ab0000000001AAA', Name: 'Mug' };
    const outputValues = { PromotionRecords: [promotion] };
    const ofJournal = { JournalId: '0lVAb0000000001AAA' };
    answering('/actions/standard/getLoyaltyPromotion', ofJournal, { outputValues });
    expect(await actions.run(standardActions.getLoyaltyPromotion, ofJournal)).to.deep.equal(outputValues);
    const ofMember = { MemberId: source, PromotionRecords: [promotion] };
    answering('/actions/standard/getLoyaltyPromotionBasedOnSalesforceCDP', ofMember, { outputValues });
    const answer = await actions.run(standardActions.getLoyaltyPromotionBasedOnSalesforceCDP, ofMember);
    expect(answer).to.deep.equal(outputValues);
  });

  it('the segments of a member, as texts with commas', async () => {
    const input = { loyaltyProgramMemberID: source, segmentIds: '1sgA,1sgB' };
    const outputValues = { memberSegmentIDs: '1sgB' };
    answering('/actions/standard/getMemberActiveSegments', input, { outputValues });
    expect(await actions.run(standardActions.getMemberActiveSegments, input)).to.deep.equal(outputValues);
  });

  it('traces, whose answer has another key in the sample of the guide', async () => {
    const input = { loyaltyLedgerTraceabilityId: '0ltAb0000000001AAA', loyaltyProgramMemberId: source };
    const outputs = { loyaltyProgramMemberId: source, numberOfTracesProcessed: '2' };
    answering('/actions/standard/mapTraceablePtForRedemTrxn', input, { outputs });
    expect(await actions.run(standardActions.mapTraceablePtForRedemTrxn, input)).to.deep.equal({
      loyaltyProgramMemberId: source,
      numberOfTracesProcessed: 2,
    });
  });
});
