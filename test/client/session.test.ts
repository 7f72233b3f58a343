import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { LoyaltyApiError, LoyaltyClient, verdict } from '../../src/client/index.js';
import { Loopback, failureOf, json } from './loopback.js';
import type { Answer } from './loopback.js';

const expired = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];
const journal = { ActivityDate: '2026-04-03T08:00:00Z', MembershipNumber: 'M-77' };

/** Knows one token only. */
const answerTo =
  (good: string): Answer =>
  (response, { headers }) => {
    if (headers.authorization !== `Bearer ${good}`)
      json(response, 401, expired, { 'Sforce-Limit-Info': 'api-usage=1/9' });
    else json(response, 200, { status: true, processResult: { transactionJournalResult: [{ id: '0lV1' }] } });
  };

type RefreshFn = NonNullable<NonNullable<ConstructorParameters<typeof Connection>[0]>['refreshFn']>;

function clientOf(org: Loopback, refreshFn?: RefreshFn): LoyaltyClient {
  const options = { instanceUrl: org.url, accessToken: 'old', ...(refreshFn && { refreshFn }) };
  return new LoyaltyClient(new Connection(options));
}

describe('a session that has ended', () => {
  it('is renewed once, and the request is sent again with its body', async () => {
    await using org = await Loopback.start(answerTo('new'));
    let renewals = 0;
    const client = clientOf(org, (_connection, done) => {
      renewals += 1;
      done(null, 'new');
    });
    await client.journals.execute('Inner Circle', [journal]);
    expect(renewals).to.equal(1);
    expect(org.requests.map(({ headers }) => headers.authorization)).to.deep.equal(['Bearer old', 'Bearer new']);
    expect(org.requests[1]!.body).to.equal(JSON.stringify({ transactionJournals: [journal] }));
  });

  it('ends the request if the new token is refused too, and does not loop', async () => {
    await using org = await Loopback.start(answerTo('another'));
    let renewals = 0;
    const client = clientOf(org, (_connection, done) => {
      renewals += 1;
      done(null, 'new');
    });
    const error = await failureOf(client.journals.execute('Inner Circle', [journal]));
    expect(error).to.be.instanceOf(LoyaltyApiError).and.to.include({ status: 401, errorCode: 'INVALID_SESSION_ID' });
    expect(renewals).to.equal(1);
    expect(org.requests).to.have.length(2);
    expect(verdict(error)).to.include({ kind: 'stop', nothingStored: true });
  });

  it('ends the request with status and headers when the connection cannot renew it', async () => {
    await using org = await Loopback.start(answerTo('new'));
    const client = clientOf(org);
    const error = await failureOf(client.journals.execute('Inner Circle', [journal]));
    expect(error).to.be.instanceOf(LoyaltyApiError).and.to.include({ status: 401, errorCode: 'INVALID_SESSION_ID' });
    expect((error as LoyaltyApiError).headers).to.include({ 'sforce-limit-info': 'api-usage=1/9' });
    expect(client.apiUsage).to.deep.equal({ used: 1, limit: 9 });
  });

  it('ends the request if the app is blocked, which jsforce does not treat as the end of a session', async () => {
    const message = 'This session is not valid for use with the REST API';
    await using org = await Loopback.start((response) =>
      json(response, 401, [{ errorCode: 'INVALID_SESSION_ID', message }]),
    );
    const error = await failureOf(clientOf(org, (_connection, done) => void done(null, 'new')).programs.list());
    expect(error).to.be.instanceOf(LoyaltyApiError).and.to.include({ status: 401, message });
    expect(org.requests).to.have.length(1);
  });

  it('ends both the request that noticed and the one that waited, if it cannot be renewed', async () => {
    await using org = await Loopback.start(answerTo('new'));
    let waiting: Promise<unknown> | undefined;
    const client = clientOf(org, (_connection, done) => {
      setImmediate(() => {
        waiting = failureOf(client.journals.execute('Inner Circle', [journal]));
        done(new Error('the app is gone'));
      });
    });
    const error = await failureOf(client.journals.execute('Inner Circle', [journal]));
    expect(error).to.be.instanceOf(LoyaltyApiError).and.to.include({ status: 401 });
    expect((error as LoyaltyApiError).cause)
      .to.have.property('message')
      .that.contains('the app is gone');

    const waited = await waiting;
    expect(waited).to.include({ kind: 'notSent', mayHaveHappened: false });
    expect(verdict(waited)).to.include({ kind: 'stop', nothingStored: true });
    expect(org.requests).to.have.length(1);
  });
});
