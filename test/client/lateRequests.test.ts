import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { systemClock } from '../../src/base/clock.js';
import { LoyaltyClient, fakeConnection, verdict } from '../../src/client/index.js';
import { standardActions } from '../../src/contract/actions/index.js';
import { Loopback, failureOf, json } from './loopback.js';
import type { Answer } from './loopback.js';

const expired = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];
const unknownAction = [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }];
const journal = { ActivityDate: '2026-04-03T08:00:00Z', MembershipNumber: 'M-77' };
const adjustment = { LoyaltyProgramMemberId: '0lM', AdjustmentType: 'Credit', Points: 5, ReasonforChange: 'Late' };
const timeout = 120_000;
const certainlyNotSent = { kind: 'timeout', mayHaveHappened: false };

/** The process is stopped: time passes, and when it goes on, it hears of the network before any timer. */
class StoppableTime implements Disposable {
  readonly #real = { ...systemClock };
  #stopped = 0;

  constructor() {
    systemClock.monotonic = () => this.#real.monotonic() + this.#stopped;
  }

  stopFor(milliseconds: number): void {
    this.#stopped += milliseconds;
  }

  [Symbol.dispose](): void {
    Object.assign(systemClock, this.#real);
  }
}

/** The session `old` has ended. */
const onlyNew =
  (refused: () => void = () => undefined): Answer =>
  (response, { headers }) => {
    if (headers.authorization === 'Bearer new') {
      json(response, 200, { status: true, processResult: { transactionJournalResult: [{ id: '0lV1' }] } });
      return;
    }
    refused();
    json(response, 401, expired);
  };

function clientOf(org: Loopback, login: () => void = () => undefined): LoyaltyClient {
  const connection = new Connection({
    ...{ instanceUrl: org.url, accessToken: 'old' },
    refreshFn: (_connection, done) => {
      login();
      done(null, 'new');
    },
  });
  return new LoyaltyClient(connection, { timeout });
}

describe('a process that is stopped for longer than the time limit of a call', () => {
  it('does not send a request again if it was stopped during the login', async () => {
    using time = new StoppableTime();
    await using org = await Loopback.start(onlyNew());
    const client = clientOf(org, () => time.stopFor(timeout));
    const error = await failureOf(client.journals.execute('Inner Circle', [journal]));
    expect(error).to.include(certainlyNotSent).and.to.have.property('message').that.contains('Nothing was sent.');
    expect(verdict(error)).to.include({ kind: 'later', nothingStored: true });
    expect(org.requests).to.have.length(1);
  });

  it('does not send a request again if it was stopped before the 401 came', async () => {
    using time = new StoppableTime();
    await using org = await Loopback.start(onlyNew(() => time.stopFor(timeout)));
    const error = await failureOf(clientOf(org).journals.execute('Inner Circle', [journal]));
    expect(error).to.include(certainlyNotSent);
    expect(org.requests).to.have.length(1);
  });

  it('sends it again if there is time left', async () => {
    using time = new StoppableTime();
    await using org = await Loopback.start(onlyNew());
    const client = clientOf(org, () => time.stopFor(timeout / 2));
    await client.journals.execute('Inner Circle', [journal]);
    expect(org.requests).to.have.length(2);
  });

  it('waits for the second answer only as long as there is time left', async () => {
    using time = new StoppableTime();
    await using org = await Loopback.start((response, { headers }) => {
      if (headers.authorization === 'Bearer old') json(response, 401, expired);
    });
    const client = clientOf(org, () => time.stopFor(timeout - 500));
    const error = await failureOf(client.journals.execute('Inner Circle', [journal]));
    expect(error).to.include({ kind: 'timeout', mayHaveHappened: true });
    expect(org.requests).to.have.length(2);
  });

  it('sends neither the request that noticed the end of its session nor one that waited for the login', async () => {
    using time = new StoppableTime();
    let logins = 0;
    let waiting: Promise<unknown> | undefined;
    await using org = await Loopback.start((response, { url }) => {
      if (url !== '/services/oauth2/token') {
        json(response, 401, expired);
        return;
      }
      logins += 1;
      if (logins > 1) {
        waiting = failureOf(client.journals.execute('Inner Circle', [journal]));
        time.stopFor(timeout);
      }
      json(response, 200, { access_token: `token${logins}`, instance_url: org.url, token_type: 'Bearer' });
    });
    const app = { instanceUrl: org.url, clientId: 'app', clientSecret: 'secret', apiVersion: '66.0' };
    const client = await LoyaltyClient.connect({ ...app, timeout });
    expect(await failureOf(client.journals.execute('Inner Circle', [journal]))).to.include(certainlyNotSent);
    expect(await waiting).to.include(certainlyNotSent);
    expect(org.requests.filter(({ url }) => url.includes('/connect/'))).to.have.length(1);
  });

  it('does not try the other name of an action', async () => {
    using time = new StoppableTime();
    await using org = await Loopback.start((response) => {
      time.stopFor(timeout);
      json(response, 404, unknownAction);
    });
    const error = await failureOf(clientOf(org).actions.run(standardActions.adjustPoints, adjustment));
    expect(error).to.include(certainlyNotSent);
    expect(org.requests).to.have.length(1);
  });

  it('does not try it through a connection with HTTP of its own, either', async () => {
    using time = new StoppableTime();
    const connection = fakeConnection(() => {
      time.stopFor(timeout);
      return { status: 404, body: unknownAction };
    });
    const client = new LoyaltyClient(connection, { timeout });
    expect(await failureOf(client.actions.run(standardActions.adjustPoints, adjustment))).to.include(certainlyNotSent);
    expect(connection.requests).to.have.length(1);
  });
});
