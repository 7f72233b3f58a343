import { expect } from 'chai';
import { ActionResponse } from '../../../src/contract/endpoints/actionEndpoints.js';
import { standardActions } from '../../../src/contract/actions/index.js';
import { RestClient } from '../restClient.js';
import { ExampleOrg } from './exampleProgram.js';

const name = 'updateProgressForCumulativePromotionUsage';
const path = `/actions/standard/${name}`;

describe('updateProgressForCumulativePromotionUsage', () => {
  let org: ExampleOrg;
  let loyaltyProgramMemberId: string;

  beforeEach(async () => {
    org = await ExampleOrg.start();
    await org.withMembers('WX-1');
    loyaltyProgramMemberId = await org.memberId('WX-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const input = (usageIncrementForCumulativePromotion: unknown, more: Record<string, unknown> = {}) => {
    const promotionId = org.program.tenCups;
    return { loyaltyProgramMemberId, promotionId, usageIncrementForCumulativePromotion, ...more };
  };
  const advance = (...inputs: unknown[]) => org.api.post(path, { inputs });

  it('adds usage, creates a missing row, and returns target and progress', async () => {
    const { status, body } = await advance(input(2));
    expect(status).to.equal(200);
    const [element] = ActionResponse.parse(body);
    expect(element).to.deep.include({ actionName: name, isSuccess: true, errors: null });
    const output = standardActions[name].output.parse(element?.outputValues);
    expect(output).to.deep.equal({ cumulativeUsageTarget: 10, updatedCumulativeUsageCompleted: 2 });
    await advance(input('3'));
    expect(await org.usage('WX-1')).to.equal(5);
    expect(await org.count('LoyaltyProgramMbrPromotion')).to.equal(1);
  });

  it('takes back usage, but not below zero', async () => {
    await advance(input(2));
    const { body } = await advance(input(-5));
    expect(body[0].outputValues.updatedCumulativeUsageCompleted).to.equal(0);
  });

  it('returns one element per input, in order, even for the same member', async () => {
    const { body } = await advance(input(1), input(2), input(3));
    const done = ActionResponse.parse(body).map(
      ({ outputValues }) => outputValues?.['updatedCumulativeUsageCompleted'],
    );
    expect(done).to.deep.equal([1, 3, 6]);
    expect(await org.usage('WX-1')).to.equal(6);
  });

  it('reads names of inputs in any case, and ids of 15 characters', async () => {
    const { status } = await advance({
      LoyaltyProgramMemberID: loyaltyProgramMemberId.slice(0, 15),
      PromotionId: org.program.tenCups.slice(0, 15),
      UsageIncrementForCumulativePromotion: 1,
    });
    expect(status).to.equal(200);
  });

  it('does not enroll a member if the promotion needs enrollment', async () => {
    const cumulative = { LoyaltyPromotionType: 'Cumulative', CumulativeUsageTarget: 5, IsEnrollmentRequired: true };
    const promotionId = org.addPromotion('Club cups', cumulative);
    expect((await advance(input(1, { promotionId }))).status).to.equal(200);
    expect(await org.count('LoyaltyProgramMbrPromotion', 'WHERE IsEnrollmentActive = false')).to.equal(1);
  });

  it('undoes only the failed input, and answers 400 for the whole request', async () => {
    const { status, body } = await advance(input(1), input(2, { promotionId: '0c89z0000000099' }), input(3));
    expect(status).to.equal(400);
    const elements = ActionResponse.parse(body);
    expect(elements.map(({ isSuccess }) => isSuccess)).to.deep.equal([true, false, true]);
    expect(elements[1]).to.deep.include({ outputValues: null });
    expect(await org.usage('WX-1')).to.equal(4);
  });

  const failures: [string, () => unknown, string, RegExp][] = [
    ['no member', () => input(1, { loyaltyProgramMemberId: '' }), 'REQUIRED_FIELD_MISSING', /loyaltyProgramMemberId/],
    ['no increment', () => input(undefined), 'REQUIRED_FIELD_MISSING', /usageIncrement/],
    ['a fraction', () => input(1.5), 'INVALID_TYPE', /1\.5/],
    ['text for a number', () => input('some'), 'INVALID_TYPE', /some/],
    ['an id of another object', () => input(1, { promotionId: loyaltyProgramMemberId }), 'MALFORMED_ID', /promotionId/],
    ['an unknown member', () => input(1, { loyaltyProgramMemberId: '0lM9z0000000099' }), 'INVALID_API_INPUT', /0lM9z/],
    ['a promotion without a target', () => standard(), 'INVALID_API_INPUT', /Plain/],
    ['one that is not active', () => inactive(), 'INVALID_API_INPUT', /Off/],
    ['one of another program', () => foreign(), 'INVALID_API_INPUT', /Foreign/],
    ['an invalid input', () => 'input', 'REQUIRED_FIELD_MISSING', /promotionId/],
  ];
  for (const [what, given, statusCode, message] of failures) {
    it(`fails at ${what}`, async () => {
      const { status, body } = await advance(given());
      expect(status).to.equal(400);
      const [element] = ActionResponse.parse(body);
      expect(element).to.deep.include({ actionName: name, isSuccess: false, outputValues: null });
      expect(body[0].errors[0]).to.include({ statusCode });
      expect(body[0].errors[0].message).to.match(message);
      expect(body[0].errors[0].fields).to.be.an('array');
      expect(await org.count('LoyaltyProgramMbrPromotion')).to.equal(0);
    });
  }

  const cumulative = { LoyaltyPromotionType: 'Cumulative', CumulativeUsageTarget: 5 };
  const standard = () => input(1, { promotionId: org.addPromotion('Plain', { LoyaltyPromotionType: 'Standard' }) });
  const inactive = () => input(1, { promotionId: org.addPromotion('Off', { ...cumulative, IsActive: false }) });
  const foreign = () => {
    const LoyaltyProgramId = org.emulator.store.insert('LoyaltyProgram', { Name: 'Other', Status: 'Active' });
    return input(1, { promotionId: org.addPromotion('Foreign', { ...cumulative, LoyaltyProgramId }) });
  };

  it('requires a list of inputs', async () => {
    for (const body of [{}, { inputs: [] }, { inputs: {} }]) {
      const answer = await org.api.post(path, body);
      expect({ status: answer.status, errorCode: answer.body[0].errorCode }).to.deep.equal({
        status: 400,
        errorCode: 'INVALID_INPUT',
      });
    }
  });

  it('returns more members since version 64, and does not exist before version 53', async () => {
    const inputs = [input(1)];
    const at = (version: string) => new RestClient(org.emulator, undefined, version).post(path, { inputs });
    expect((await at('v64.0')).body[0]).to.deep.include({
      invocationId: null,
      outcome: null,
      sortOrder: -1,
      version: 1,
    });
    expect(Object.keys((await at('v63.0')).body[0])).to.have.members([
      'actionName',
      'errors',
      'isSuccess',
      'outputValues',
    ]);
    expect((await at('v52.0')).status).to.equal(404);
  });

  it('is described and listed, and other actions do not exist', async () => {
    const { body } = await org.api.get(path);
    expect(body).to.include({ name, standard: true });
    expect(body.inputs).to.have.length(3);
    const { actions } = (await org.api.get('/actions/standard')).body;
    expect(actions.map((each: { name: string }) => each.name)).to.include(name);
    expect((await org.api.post('/actions/standard/makeCoffee', { inputs: [{}] })).status).to.equal(404);
    expect((await org.api.get('/actions/standard/makeCoffee')).status).to.equal(404);
  });
});
