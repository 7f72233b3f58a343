import { expect } from 'chai';
import type { OrgCall } from '../../../src/emulator/http/orgCall.js';
import type { FaultRuleInput } from '../../../src/emulator/index.js';
import { programName, purchase } from '../loyalty/exampleProgram.js';
import { FaultyOrg, seen } from './faultyOrg.js';

interface Case {
  readonly rule: FaultRuleInput;
  /** What the client sees of a request with four journals. */
  readonly seen: string;
  /** How many of them are in the org afterwards. */
  readonly committed: 0 | 1 | 2 | 3 | 4;
}

const cases: Record<string, Case> = {
  'an error before the commit': {
    rule: { fault: 'error', status: 400, errorCode: 'UNABLE_TO_LOCK_ROW', message: 'locked' },
    seen: '400 UNABLE_TO_LOCK_ROW',
    committed: 0,
  },
  'an error with default values': { rule: { fault: 'error' }, seen: '500 UNKNOWN_EXCEPTION', committed: 0 },
  'an error with its own body': {
    rule: { fault: 'error', status: 420, body: 'busy', contentType: 'text/plain' },
    seen: '420 text/plain',
    committed: 0,
  },
  'an error after the commit': {
    rule: { fault: 'error', committed: true },
    seen: '500 UNKNOWN_EXCEPTION',
    committed: 4,
  },
  'a commit and silence': { rule: { fault: 'silence' }, seen: 'reset', committed: 4 },
  'a commit and a connection that hangs': {
    rule: { fault: 'silence', connection: 'hang' },
    seen: 'timeout',
    committed: 4,
  },
  'half of the commit and a failure': { rule: { fault: 'partial' }, seen: '500 UNKNOWN_EXCEPTION', committed: 2 },
  'the first journal and a failure': {
    rule: { fault: 'partial', first: 1, status: 400, errorCode: 'INVALID_API_INPUT', message: 'no' },
    seen: '400 INVALID_API_INPUT',
    committed: 1,
  },
  'all but the last and a failure': {
    rule: { fault: 'partial', first: 9 },
    seen: '500 UNKNOWN_EXCEPTION',
    committed: 3,
  },
  'a drop in the middle of the answer': { rule: { fault: 'drop' }, seen: 'dropped', committed: 4 },
  'a drop right after the head': { rule: { fault: 'drop', share: 0 }, seen: 'dropped', committed: 4 },
  'a drop before the last byte': { rule: { fault: 'drop', share: 1 }, seen: 'dropped', committed: 4 },
  'an answer that is cut off': { rule: { fault: 'truncated' }, seen: 'unreadable', committed: 4 },
  'a reset': { rule: { fault: 'reset' }, seen: 'reset', committed: 0 },
  'a reset after the commit': { rule: { fault: 'reset', committed: true }, seen: 'reset', committed: 4 },
  'a page of a gateway': { rule: { fault: 'html' }, seen: '503 text/html', committed: 0 },
  'a gateway that did not wait': {
    rule: { fault: 'html', status: 504, committed: true },
    seen: '504 text/html',
    committed: 4,
  },
  'the daily limit': { rule: { fault: 'quota' }, seen: '403 REQUEST_LIMIT_EXCEEDED', committed: 0 },
  'the limit of long calls': {
    rule: { fault: 'quota', limit: 'concurrent' },
    seen: '403 REQUEST_LIMIT_EXCEEDED',
    committed: 0,
  },
};

const four = ['a@M-1', 'b@M-2', 'c@M-3', 'd@M-1'];

describe('A fault', () => {
  for (const [what, { rule, seen: expected, committed }] of Object.entries(cases)) {
    it(`${what}: the client sees ${expected}, the org has ${committed} of 4`, async () => {
      await using org = await FaultyOrg.start({ timeout: rule.fault === 'silence' ? 300 : 5000 });
      org.plan({ ...rule, count: 1 });
      expect(await org.send(...four)).to.equal(expected);
      expect(org.committed).to.deep.equal(['a', 'b', 'c', 'd'].slice(0, committed));
      // It is over, and the org is as before.
      expect(await org.send('after')).to.equal('200');
      expect(org.committed.at(-1)).to.equal('after');
    });
  }

  it('401 is answered once, and the client logs in again', async () => {
    await using org = await FaultyOrg.start();
    org.plan({ fault: 'unauthorized', count: 1 });
    expect(await org.send('a')).to.equal('200');
    org.plan({ fault: 'unauthorized', count: 2 });
    expect(await org.send('b')).to.equal('401 INVALID_SESSION_ID');
    expect(org.committed).to.deep.equal(['a']);
  });

  it('a late commit happens after the client has disconnected, at its planned time', async () => {
    await using org = await FaultyOrg.start();
    org.plan({ fault: 'lateCommit', count: 1, milliseconds: 5000 });
    expect(await org.send('late', 'later@M-2')).to.equal('reset');
    await org.clock.advance(4999);
    expect(org.committed).to.deep.equal([]);
    expect(await org.org.count('TransactionJournal')).to.equal(0);
    await org.clock.advance(1);
    await org.emulator.faults.settled();
    expect(org.committed).to.deep.equal(['late', 'later']);
    expect(await org.org.balances('M-1')).to.deep.equal({ Miles: 10, Stars: 10 });
  });

  it('a late commit also happens if the connection hangs', async () => {
    await using org = await FaultyOrg.start({ timeout: 200 });
    org.plan({ fault: 'lateCommit', count: 1, milliseconds: 5000, connection: 'hang' });
    expect(await org.send('late')).to.equal('timeout');
    await org.clock.advance(5000);
    expect(org.committed).to.deep.equal(['late']);
  });

  it('a late commit does not happen in an org that has ended', async () => {
    const org = await FaultyOrg.start();
    org.plan({ fault: 'lateCommit', milliseconds: 5000 });
    await org.send('late');
    await org.emulator.stop();
    await org.emulator.faults.settled();
    expect(org.committed).to.deep.equal([]);
  });

  it('latency is time of the work: the answer comes after it, and before it nothing is written', async () => {
    await using org = await FaultyOrg.start();
    org.plan({ fault: 'latency', milliseconds: 3000 }, { fault: 'latency', milliseconds: 4000 });
    const sent = org.send('slow');
    await org.clock.sleepers(1);
    await org.clock.advance(6999);
    expect(org.committed).to.deep.equal([]);
    await org.clock.advance(1);
    expect(await sent).to.equal('200');
    expect(org.committed).to.deep.equal(['slow']);
  });

  it('a request that arrives later sees what was due, even if the org was held up and has not done it', async () => {
    await using org = await FaultyOrg.start();
    org.plan({ fault: 'latency', milliseconds: 3000 });
    const sent = org.send('late');
    await org.clock.sleepers(1);
    org.clock.holdUp(3000);
    const query = { method: 'GET', path: '/services/data/v66.0/query', isApiCall: true } as OrgCall;
    let committed: unknown[] = [];
    const asked = org.emulator.faults.intercept(query, async () => {
      committed = org.committed;
      return { response: { status: 200 }, endpoint: undefined };
    });
    await org.clock.advance(0);
    await asked;
    expect(committed).to.deep.equal(['late']);
    expect(await sent).to.equal('200');
  });

  it('latency combines with another fault', async () => {
    await using org = await FaultyOrg.start();
    org.plan({ fault: 'latency', milliseconds: 3000 }, { fault: 'silence' });
    const sent = org.send('slow');
    await org.clock.sleepers(1);
    expect(org.committed).to.deep.equal([]);
    await org.clock.advance(3000);
    expect(await sent).to.equal('reset');
    expect(org.committed).to.deep.equal(['slow']);
  });

  it('latency also delays reads and logins', async () => {
    await using org = await FaultyOrg.start();
    org.emulator.faults.add({ fault: 'latency', milliseconds: 1000, match: { pathPattern: '/(query|oauth2/token)$' } });
    const query = org.org.rows('SELECT Id FROM LoyaltyProgram');
    const login = fetch(`${org.emulator.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'a', client_secret: 'b' }),
    });
    await org.clock.sleepers(2);
    await org.clock.advance(1000);
    expect(await query).to.have.length(1);
    expect((await login).status).to.equal(200);
  });

  it('a refusal by the org stays a refusal, whatever fault is planned for its commit', async () => {
    await using org = await FaultyOrg.start();
    org.plan({ fault: 'partial' });
    const bad = [purchase('M-1', 'x'), purchase('M-2', 1), purchase('M-3', 1)];
    expect(await seen(org.client.journals.execute(programName, bad as never))).to.match(/^400 /);
    expect(org.committed).to.deep.equal([]);
  });

  it('a request with one record is never done in part', async () => {
    await using org = await FaultyOrg.start();
    org.plan({ fault: 'partial' });
    expect(await org.send('a')).to.equal('200');
    expect(org.emulator.faults.rules[0]).to.include({ met: 0, struck: 0 });
  });

  it('is reported in the request log', async () => {
    const events: unknown[] = [];
    await using org = await FaultyOrg.start({ onRequest: ({ status, fault }) => events.push({ status, fault }) });
    events.length = 0;
    org.plan({ fault: 'silence', count: 1, name: 'nobody hears' });
    await org.send('a');
    await org.send('b');
    expect(events).to.deep.equal([
      { status: 0, fault: 'nobody hears' },
      { status: 200, fault: undefined },
    ]);
  });
});
