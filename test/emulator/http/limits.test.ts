import { expect } from 'chai';
import type { Clock } from '../../../src/base/clock.js';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

const hour = 3_600_000;

describe('API limits', () => {
  let now = Date.parse('2026-04-03T08:00:00Z');
  const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };

  it('counts every call with a session, and says so in the answer', async () => {
    await using org = await Emulator.start({ dailyApiRequests: 100 });
    const client = new RestClient(org);
    const info = async (path: string): Promise<string | null> =>
      (await client.get(path)).headers.get('sforce-limit-info');
    expect(await info('/limits')).to.equal('api-usage=1/100');
    expect(await info('/nowhere')).to.equal('api-usage=2/100');
    expect(await info('/services/data')).to.equal(null);
    expect(await info('/services/oauth2/userinfo')).to.equal(null);
    expect(await info('/sobjects/Account/x')).to.equal('api-usage=3/100');
    expect(await new RestClient(org, 'wrong').get('/limits')).to.have.property('status', 401);
    const { body } = await client.get('/limits');
    expect(body.DailyApiRequests).to.deep.equal({ Max: 100, Remaining: 97 });
  });

  it('refuses calls above the limit until it is raised', async () => {
    await using org = await Emulator.start({ dailyApiRequests: 1 });
    const client = new RestClient(org);
    await client.get('/limits');
    const { status, body } = await client.get('/limits');
    expect(status).to.equal(403);
    expect(body).to.deep.equal([{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
    org.usage.max = 100;
    expect((await client.get('/limits')).status).to.equal(200);
  });

  it('stops counting calls after 24 hours', async () => {
    await using org = await Emulator.start({ clock, dailyApiRequests: 2 });
    const client = new RestClient(org);
    await client.get('/limits');
    now += 23 * hour;
    await client.get('/limits');
    expect((await client.get('/limits')).status).to.equal(403);
    now += hour;
    expect(org.usage.used).to.equal(2);
    now += 23 * hour;
    expect((await client.get('/limits')).headers.get('sforce-limit-info')).to.equal('api-usage=1/2');
  });
});
