import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { seededRandom } from '../../src/base/random.js';
import { LoyaltyClient } from '../../src/client/index.js';
import type { ClientOptions } from '../../src/client/index.js';
import { VirtualClock } from '../support/virtualClock.js';
import { Loopback, failureOf, json } from './loopback.js';
import type { Answer } from './loopback.js';

const program = { Id: '0lp1', Name: 'Inner Circle', Status: 'Active' };
const good: Answer = (response) => json(response, 200, { totalSize: 1, done: true, records: [program] });

/** Time passes only during the pause before the next attempt. */
async function patientOrg(answer: Answer, options: ClientOptions = {}) {
  const org = await Loopback.start(answer);
  const clock = new VirtualClock();
  const connection = new Connection({ instanceUrl: org.url, accessToken: 'token' });
  const client = new LoyaltyClient(connection, { patience: 20_000, clock, random: seededRandom(7), ...options });
  return { org, clock, client, [Symbol.asyncDispose]: () => org[Symbol.asyncDispose]() };
}

const hiccups: Record<string, Answer> = {
  'a reset': (response) => response.socket?.resetAndDestroy(),
  'an answer that breaks off': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 99 });
    response.write('{', () => response.destroy());
  },
  'a busy org': (response) => json(response, 503, [{ errorCode: 'SERVER_UNAVAILABLE', message: 'Busy' }]),
  'too many calls at once': (response) => json(response, 429, [{ errorCode: 'TOO_MANY_REQUESTS', message: 'Slow' }]),
  'too many long calls': (response) =>
    json(response, 403, [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'ConcurrentPerOrgLongTxn Limit exceeded.' }]),
  'a page of a gateway': (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<p>Bad</p>'),
  'a login page': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in</p>'),
};

describe('a read of a patient client', () => {
  for (const [what, answer] of Object.entries(hiccups)) {
    it(`is sent again after ${what}`, async () => {
      await using patient = await patientOrg((...args) => (args[2] <= 2 ? answer : good)(...args));
      expect(await patient.client.programs.list()).to.deep.equal([program]);
      expect(patient.org.requests).to.have.length(3);
      expect(patient.clock.monotonic()).to.be.within(1000, 5000);
    });
  }

  it('ends with the error of the last attempt, which states that nothing was changed', async () => {
    await using patient = await patientOrg((response) => response.socket?.resetAndDestroy());
    const error = (await failureOf(patient.client.programs.list())) as Error;
    expect(error).to.include({ name: 'LostAnswerError', isRead: true });
    expect(error.message).to.contain('Nothing was changed.').and.to.not.contain('may have carried it out');
    expect(patient.clock.monotonic()).to.be.within(5000, 20_000);
    expect(patient.org.requests.length).to.be.within(4, 8);
  });

  it('is sent once if the answer is final, or asks for a longer pause than the patience', async () => {
    const finals: Answer[] = [
      (response) => json(response, 400, [{ errorCode: 'MALFORMED_QUERY', message: 'No.' }]),
      (response) => json(response, 403, [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests' }]),
      (response) => json(response, 503, [{ errorCode: 'SERVER_UNAVAILABLE', message: 'No.' }], { 'Retry-After': '60' }),
    ];
    for (const answer of finals) {
      await using patient = await patientOrg(answer);
      await failureOf(patient.client.programs.list());
      expect(patient.org.requests).to.have.length(1);
    }
  });

  it('stops waiting at a signal', async () => {
    const controller = new AbortController();
    const answer: Answer = (response) => {
      controller.abort();
      response.socket?.resetAndDestroy();
    };
    await using patient = await patientOrg(answer, { signal: controller.signal });
    await failureOf(patient.client.programs.list());
    expect(patient.org.requests).to.have.length(1);
  });

  it('ends at a signal if it is to, even while the org is silent', async () => {
    const controller = new AbortController();
    const silent: Answer = () => controller.abort();
    await using patient = await patientOrg(silent, { signal: controller.signal, endsReads: true });
    expect(await failureOf(patient.client.programs.list())).to.include({ kind: 'aborted', isRead: true });
    expect(patient.org.requests).to.have.length(1);
  });

  it('may be a process that only reads', async () => {
    const promotions = { status: true, outputParameters: { outputParameters: { results: [{ promotionId: '0c81' }] } } };
    await using patient = await patientOrg((response, _request, count) => {
      if (count === 1) response.socket?.resetAndDestroy();
      else json(response, 200, promotions);
    });
    const found = await patient.client.promotions.list('Inner Circle', { memberId: '0lM1' });
    expect(found).to.have.length(1);
  });
});

describe('a write of a patient client', () => {
  it('is not ended by a signal', async () => {
    const controller = new AbortController();
    const late: Answer = (response) => {
      controller.abort();
      setImmediate(() => response.writeHead(204).end());
    };
    await using patient = await patientOrg(late, { signal: controller.signal, endsReads: true });
    await patient.client.sobjects.update('TransactionJournal', '0lV1', { Status: 'Pending' });
    expect(patient.org.requests).to.have.length(1);
  });

  for (const [what, answer] of Object.entries(hiccups)) {
    it(`is not sent again after ${what}`, async () => {
      await using patient = await patientOrg(answer);
      await failureOf(patient.client.processes.run('Inner Circle', 'CreditPointsToMembers', {}));
      await failureOf(patient.client.sobjects.update('TransactionJournal', '0lV1', { Status: 'Pending' }));
      expect(patient.org.requests).to.have.length(2);
    });
  }
});
