import { expect } from 'chai';
import type { Effect } from '../../../src/emulator/index.js';
import { ExampleOrg, purchase } from '../loyalty/exampleProgram.js';
import { realtime } from './faultyOrg.js';

describe('The control port', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start({ effects: true });
    await org.withMembers('M-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  async function control(method: string, path: string, body?: unknown) {
    const response = await fetch(`${org.emulator.url}/emulator/${path}`, {
      method,
      headers: { 'x-emulator-control': '1' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined };
  }

  it('shows, sets, extends and clears the fault plan', async () => {
    expect((await control('GET', 'faults')).body).to.deep.equal({ seed: 1, rules: [] });
    const rule = { fault: 'quota', match: { path: realtime }, count: 1 };
    expect((await control('PUT', 'faults', { seed: 5, rules: [rule] })).body).to.deep.equal({
      seed: 5,
      rules: [{ ...rule, limit: 'daily', met: 0, struck: 0 }],
    });
    expect((await org.execute([purchase('M-1', 1)])).status).to.equal(403);
    const more = await control('POST', 'faults', [
      { fault: 'html', count: 1 },
      { fault: 'reset', count: 1 },
    ]);
    expect(more.body.rules.map(({ fault }: { fault: string }) => fault)).to.deep.equal(['quota', 'html', 'reset']);
    expect(more.body.rules[0]).to.include({ met: 1, struck: 1 });
    expect((await control('POST', 'faults', { fault: 'drop' })).body.rules).to.have.length(4);
    expect((await control('DELETE', 'faults')).body).to.deep.equal({ seed: 5, rules: [] });
    expect((await org.execute([purchase('M-1', 1)])).status).to.equal(200);
  });

  it('tells what is wrong with a plan, and keeps the current one', async () => {
    await control('POST', 'faults', { fault: 'reset' });
    for (const method of ['PUT', 'POST']) {
      const { status, body } = await control(method, 'faults', { rules: [{ fault: 'flood' }] });
      expect(status).to.equal(400);
      expect(body[0]).to.include({ errorCode: 'INVALID_INPUT' });
    }
    expect((await control('GET', 'faults')).body.rules).to.have.length(1);
  });

  it('returns the effect log as NDJSON, from any sequence number', async () => {
    await org.execute([purchase('M-1', 1, { ExternalTransactionNumber: 'a' })]);
    const read = async (path: string): Promise<Effect[]> => {
      const { text } = await control('GET', path);
      return text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Effect);
    };
    const all = await read('effects');
    expect(all).to.deep.equal([...org.emulator.effects]);
    const journal = all.find(({ fields }) => fields['ExternalTransactionNumber'] === 'a');
    expect(await read(`effects?after=${journal!.sequence - 1}`)).to.deep.equal(all.slice(journal!.sequence - 1));
  });

  it('has no effect log if none is kept', async () => {
    await using other = await ExampleOrg.start();
    const headers = { 'x-emulator-control': '1' };
    expect((await fetch(`${other.emulator.url}/emulator/effects`, { headers })).status).to.equal(404);
  });

  it('sets limits, and holds rows', async () => {
    const { body } = await control('PUT', 'limits', { dailyApiRequests: 500, longRequests: 5, lockWait: 0 });
    expect(body).to.deep.equal({
      ...{ dailyApiRequests: 500, dailyBulkBatches: 15_000, dailyBulkQueryJobs: 10_000 },
      ...{ longRequests: 5, longAfter: 20_000, lockWait: 0 },
    });
    expect((await control('GET', 'limits')).body).to.deep.equal(body);
    expect((await control('PUT', 'limits', { lockWait: -1 })).status).to.equal(400);
    const ids = [await org.memberId('M-1')];
    expect((await control('POST', 'locks', { ids, milliseconds: 50 })).body).to.deep.equal({ ids, milliseconds: 50 });
    expect((await org.execute([purchase('M-1', 1)])).body[0].errorCode).to.equal('UNABLE_TO_LOCK_ROW');
    await control('PUT', 'limits', { lockWait: 5000 });
    expect((await org.execute([purchase('M-1', 1)])).status).to.equal(200);
  });

  it('ends all sessions, and returns a new token', async () => {
    const ask = (token: string) =>
      fetch(`${org.emulator.url}/services/data/v66.0/limits`, { headers: { authorization: `Bearer ${token}` } });
    const before = org.emulator.accessToken;
    expect((await ask(before)).status).to.equal(200);
    const { accessToken } = (await control('DELETE', 'sessions')).body;
    expect((await ask(before)).status).to.equal(401);
    expect((await ask(accessToken)).status).to.equal(200);
  });

  it('can be reached under all faults', async () => {
    await control('PUT', 'faults', { rules: [{ fault: 'reset', match: { pathPattern: '' } }] });
    expect((await control('GET', 'faults')).status).to.equal(200);
    expect(await org.execute([purchase('M-1', 1)]).catch(() => 'lost')).to.equal('lost');
    expect((await control('DELETE', 'faults')).status).to.equal(200);
  });

  for (const [method, path] of [
    ['GET', 'faults'],
    ['PUT', 'faults'],
    ['POST', 'faults'],
    ['DELETE', 'faults'],
    ['GET', 'effects'],
    ['GET', 'limits'],
    ['PUT', 'limits'],
    ['POST', 'locks'],
    ['DELETE', 'sessions'],
    ['POST', 'stop'],
  ] as const) {
    it(`refuses ${method} ${path} without its header, which a page in a browser cannot send`, async () => {
      const response = await fetch(`${org.emulator.url}/emulator/${path}`, { method });
      expect(response.status).to.equal(403);
    });
  }
});
