import { expect } from 'chai';
import nock from 'nock';
import { standardActions } from '../../src/contract/actions/index.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

const root = '/services/data/v66.0';

/** The exact requests about points that age. */
describe('requests about points that age', () => {
  const client = clientOnTheWire();

  it('reinstatePoints', async () => {
    const input = {
      loyaltyProgramName: 'Harbour Rewards',
      loyaltyProgramCurrencyName: 'Stars',
      loyaltyProgramMembershipNumber: 'WX-20417',
    };
    const outputValues = { pointsReinstated: 120.5, reinstatementTransactionJournalId: '0lVAb0000000001AAA' };
    const path = '/actions/standard/reinstatePoints';
    nock(origin)
      .post(`${root}${path}`, { inputs: [input] })
      .reply(200, [{ actionName: 'reinstatePoints', errors: null, isSuccess: true, outputValues }], contentType);
    expect(await client.actions.run(standardActions.reinstatePoints, input)).to.deep.equal(outputValues);
  });
});
