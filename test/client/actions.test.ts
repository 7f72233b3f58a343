import { expect } from 'chai';
import { standardActions } from '../../src/contract/actions/index.js';
import { clientOf } from './fakeOrg.js';
import { failureOf, json, Loopback } from './loopback.js';

/** One of the four actions whose name differs from the address in the guide. */
const { adjustPoints } = standardActions;
const input = { LoyaltyProgramMemberId: '0lM', AdjustmentType: 'Credit', Points: 5, ReasonforChange: 'Late' };
const outputValues = { AdjustmentTransactionJournalId: '0lV' };

describe('client.actions.run', () => {
  /** An org that knows the action by one name. */
  const orgThatKnows = (known: string) =>
    Loopback.start((response, { url }) => {
      const actionName = url.split('/').at(-1) ?? '';
      if (actionName === known) json(response, 200, [{ actionName, isSuccess: true, errors: null, outputValues }]);
      else json(response, 404, [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
    });

  it('sends one input under the name of the action, and returns its outputs', async () => {
    await using org = await orgThatKnows('adjustPoints');
    expect(await clientOf(org).actions.run(adjustPoints, input)).to.deep.equal(outputValues);
    expect(org.requests.map(({ body }) => JSON.parse(body))).to.deep.equal([{ inputs: [input] }]);
  });

  it('tries the name in the guide if an org does not know the first one', async () => {
    await using org = await orgThatKnows('adjustPointsAction');
    expect(await clientOf(org).actions.run(adjustPoints, input)).to.deep.equal(outputValues);
    expect(org.requests.map(({ url }) => url.split('/').at(-1))).to.deep.equal(['adjustPoints', 'adjustPointsAction']);
  });

  it('sends nothing twice after any other failure', async () => {
    await using org = await Loopback.start((response) => {
      json(response, 500, [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'An unexpected error occurred.' }]);
    });
    const error = await failureOf(clientOf(org).actions.run(adjustPoints, input));
    expect(error).to.include({ name: 'LoyaltyApiError', status: 500 });
    expect(org.requests).to.have.length(1);
  });

  it('says so when the org knows none of the names', async () => {
    await using org = await orgThatKnows('another');
    const error = await failureOf(clientOf(org).actions.run(adjustPoints, input));
    expect(error).to.include({ name: 'LoyaltyApiError', status: 404 });
    expect(org.requests).to.have.length(2);
  });
});
