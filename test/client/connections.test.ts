import { Connection as NodeConnection } from '@jsforce/jsforce-node';
import { AuthInfo, Connection as CoreConnection, Logger, LoggerLevel } from '@salesforce/core';
import { expect } from 'chai';
import jsforce from 'jsforce';
import { LoyaltyClient } from '../../src/client/index.js';
import type { LoyaltyConnection } from '../../src/client/index.js';
import { Loopback, failureOf, json } from './loopback.js';
import type { Answer } from './loopback.js';

const token = '00D000000000001!secret.token';

interface ConnectionOptions {
  readonly instanceUrl: string;
  readonly accessToken: string;
  readonly version: string;
}

/** Core makes connections only from stored logins. Everything that it adds to jsforce's is in the object itself. */
function coreConnection(connectionOptions: ConnectionOptions, logger: Logger): CoreConnection {
  const authInfo = Object.create(AuthInfo.prototype, { getUsername: { value: () => 'sync@example.com' } }) as AuthInfo;
  const connection = new CoreConnection({ authInfo, connectionOptions });
  Reflect.set(connection, 'logger', logger);
  return connection;
}

/** The first logger of a process decides where all of them write, so this one is reset. */
function debugLogger(): Logger {
  Object.assign(Logger, { rootLogger: undefined });
  return new Logger({ name: 'test', level: LoggerLevel.DEBUG, useMemoryLogger: true });
}

/** Half of the test is that each of these compiles. */
const kinds: Record<string, (options: ConnectionOptions) => LoyaltyConnection> = {
  '@jsforce/jsforce-node': (options): NodeConnection => new NodeConnection(options),
  jsforce: (options): jsforce.Connection => new jsforce.Connection(options),
  '@salesforce/core': (options): CoreConnection => coreConnection(options, debugLogger()),
};

const answer: Answer = (response, { method }) => {
  const headers = { 'Sforce-Limit-Info': 'api-usage=18/5000' };
  if (method === 'POST') {
    json(response, 200, { status: true, processResult: { transactionJournalResult: [{ id: '0lV1' }] } }, headers);
  } else {
    json(response, 400, [{ message: 'unexpected token', errorCode: 'MALFORMED_QUERY' }], headers);
  }
};

const journal = { ActivityDate: '2026-04-03T08:00:00Z', MembershipNumber: 'M-77', Comment: 'Okafor' };

for (const [name, connect] of Object.entries(kinds)) {
  describe(`a connection of ${name}`, () => {
    it('carries a call with its session, version, body and answer', async () => {
      await using org = await Loopback.start(answer);
      // A stored instance URL may end with a slash.
      const client = new LoyaltyClient(connect({ instanceUrl: `${org.url}/`, accessToken: token, version: '67.0' }));
      const response = await client.journals.execute('Inner Circle', [journal]);

      expect(response.processResult?.transactionJournalResult).to.deep.equal([{ id: '0lV1' }]);
      expect(client.apiUsage).to.deep.equal({ used: 18, limit: 5000 });
      expect(org.requests).to.have.length(1);
      expect(org.requests[0]).to.include({
        method: 'POST',
        url: '/services/data/v67.0/connect/realtime/loyalty/programs/Inner%20Circle',
        body: JSON.stringify({ transactionJournals: [journal] }),
      });
      expect(org.requests[0]!.headers).to.include({
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json',
      });
    });

    it('passes on a failure with its status', async () => {
      await using org = await Loopback.start(answer);
      const client = new LoyaltyClient(connect({ instanceUrl: org.url, accessToken: token, version: '67.0' }));
      const error = await failureOf(client.query.all('SELECT'));
      expect(error).to.include({ name: 'LoyaltyApiError', status: 400, errorCode: 'MALFORMED_QUERY' });
    });
  });
}

describe('a connection that does not use the transport it is given', () => {
  it('is refused, because it would send calls without their body', async () => {
    const connection = { instanceUrl: 'http://127.0.0.1', version: '66.0', request: () => Promise.resolve([]) };
    const error = await failureOf(new LoyaltyClient(connection).programs.list());
    expect(error).to.have.property('message').that.contains('does not use the transport');
  });
});

describe('the debug log of @salesforce/core', () => {
  it('has the address of a call, but neither its body nor the token', async () => {
    await using org = await Loopback.start(answer);
    const logger = debugLogger();
    const options = { instanceUrl: org.url, accessToken: token, version: '67.0' };
    const client = new LoyaltyClient(coreConnection(options, logger));
    await client.journals.execute('Inner Circle', [journal]);
    await failureOf(client.query.all('SELECT Id FROM LoyaltyProgram'));

    const log = logger.readLogContentsAsText();
    expect(log).to.contain('/connect/realtime/loyalty/programs/Inner%20Circle');
    for (const secret of [token, 'secret.token', 'Okafor', 'M-77', 'transactionJournals'])
      expect(log).to.not.contain(secret);
  });
});
