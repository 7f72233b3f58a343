import { expect } from 'chai';
import { FaultyOrg } from './faultyOrg.js';

const tooMany = [{ message: 'ConcurrentPerOrgLongTxn Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }];

describe('The limit of long calls', () => {
  let org: FaultyOrg;

  beforeEach(async () => {
    org = await FaultyOrg.start();
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const status = async (): Promise<number> => (await org.org.api.get('/limits')).status;

  /** Calls under way that take a minute each. */
  async function longCalls(count: number): Promise<Promise<unknown>[]> {
    const path = '/sobjects';
    org.emulator.faults.add({ fault: 'latency', milliseconds: 60_000, count, match: { path } });
    const calls = Array.from({ length: count }, () => org.org.api.get(path));
    await org.clock.sleepers(count);
    return calls;
  }

  it('refuses every call while 25 have run for 20 seconds', async () => {
    const calls = await longCalls(25);
    await org.clock.advance(19_999);
    expect(org.emulator.longRequests.count).to.equal(0);
    expect(await status()).to.equal(200);
    await org.clock.advance(1);
    const { status: refused, body, headers } = await org.org.api.get('/limits');
    expect({ refused, body }).to.deep.equal({ refused: 403, body: tooMany });
    expect(headers.get('sforce-limit-info')).to.match(/^api-usage=/);
    expect(await org.send('a')).to.equal('403 REQUEST_LIMIT_EXCEEDED');
    expect((await fetch(`${org.emulator.url}/services/data`)).status).to.equal(200);
    await org.clock.advance(40_000);
    await Promise.all(calls);
    expect(await status()).to.equal(200);
    expect(org.committed).to.deep.equal([]);
  });

  it('lets 24 run', async () => {
    const calls = await longCalls(24);
    await org.clock.advance(30_000);
    expect(await status()).to.equal(200);
    await org.clock.advance(30_000);
    await Promise.all(calls);
  });

  it('can be set: 5, as in Developer Edition', async () => {
    org.emulator.longRequests.max = 5;
    org.emulator.longRequests.longAfter = 1000;
    const calls = await longCalls(5);
    await org.clock.advance(1000);
    expect(await status()).to.equal(403);
    await org.clock.advance(60_000);
    await Promise.all(calls);
  });

  it('counts calls whose clients have disconnected', async () => {
    org.emulator.longRequests.max = 1;
    org.plan({ fault: 'lateCommit', milliseconds: 60_000, count: 1 });
    expect(await org.send('a')).to.equal('reset');
    await org.clock.advance(20_000);
    expect(await status()).to.equal(403);
    await org.clock.advance(40_000);
    expect(await status()).to.equal(200);
  });

  it('is shown as in an org: the daily limit in /limits, the other one nowhere', async () => {
    const { body } = await org.org.api.get('/limits');
    expect(body).to.have.property('DailyApiRequests');
    expect(Object.keys(body).filter((name) => /long|concurrent/i.test(name))).to.deep.equal([]);
  });
});
