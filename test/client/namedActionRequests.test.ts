import { expect } from 'chai';
import nock from 'nock';
import { LoyaltyActionError } from '../../src/client/index.js';
import { failureOf } from './loopback.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

/** The exact requests for actions by name, and answers as in the guide. */
describe('requests for an action by its name', () => {
  const client = clientOnTheWire();
  const root = '/services/data/v66.0/actions';
  const description = (name: string): object => ({ name, label: name, inputs: [], outputs: [] });
  const absent = [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }];

  it('its description, under the other name if the org does not know the first', async () => {
    nock(origin)
      .get(`${root}/standard/adjustPointsAction`)
      .reply(404, absent, contentType)
      .get(`${root}/standard/adjustPoints`)
      .reply(200, description('adjustPoints'), contentType);
    expect(await client.actions.find('adjustPointsAction')).to.deep.include({ name: 'adjustPoints' });
    nock(origin).get(`${root}/standard/nope`).reply(404, absent, contentType);
    expect(await client.actions.find('nope')).to.equal(undefined);
  });

  it('one of the org itself, described and run; errors may be texts', async () => {
    const path = `${root}/custom/runProgramProcess/Inner_Circle_SLI_Credit`;
    nock(origin).get(path).reply(200, description('Inner_Circle_SLI_Credit'), contentType);
    const action = await client.actions.find('runProgramProcess/Inner_Circle_SLI_Credit');
    const body = { inputs: [{ PointsToCredit: 100 }] };
    const element = { actionName: 'Inner_Circle_SLI_Credit', errors: null, isSuccess: true };
    nock(origin)
      .post(path, body)
      .reply(200, [{ ...element, outputValues: { PointsCredited: 100 } }], contentType);
    expect(await client.actions.runNamed(action!, { PointsToCredit: 100 })).to.deep.equal({ PointsCredited: 100 });
    nock(origin)
      .post(path, body)
      .reply(400, [{ ...element, isSuccess: false, errors: ['No rule is active.'], outputValues: null }], contentType);
    const error = await failureOf(client.actions.runNamed(action!, { PointsToCredit: 100 }));
    expect(error).to.be.instanceOf(LoyaltyActionError);
    expect((error as Error).message).to.include('No rule is active.');
  });
});
