import { expect } from 'chai';
import { generateKeyPairSync, verify } from 'node:crypto';
import { systemClock } from '../../src/base/clock.js';
import { LoginError, LoyaltyClient, verdict } from '../../src/client/index.js';
import { Loopback, failureOf, json } from './loopback.js';
import type { Answer, SeenRequest } from './loopback.js';

const secret = 'do-not-tell';
const expired = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];

interface OrgOptions {
  readonly versions?: readonly string[];
  /** Sessions that have ended, by their number. */
  readonly ended?: Set<number>;
}

/** Each login gets the next token, `token1`, `token2` and so on. */
function org({ versions = ['65.0', '66.0'], ended = new Set() }: OrgOptions = {}): Answer {
  let logins = 0;
  return (response, { url, headers }) => {
    if (url === '/services/oauth2/token') {
      logins += 1;
      json(response, 200, {
        access_token: `token${logins}`,
        instance_url: `http://${headers.host ?? ''}/`,
        token_type: 'Bearer',
      });
    } else if (url === '/services/data') {
      json(
        response,
        200,
        versions.map((version) => ({ label: '', url: `/services/data/v${version}`, version })),
      );
    } else if (ended.has(Number(headers.authorization?.slice('Bearer token'.length)))) {
      json(response, 401, expired);
    } else {
      json(response, 200, { totalSize: 0, done: true, records: [] });
    }
  };
}

const logins = (requests: readonly SeenRequest[]) => requests.filter(({ url }) => url === '/services/oauth2/token');

describe('LoyaltyClient.connect', () => {
  it('logs in by client credentials and names itself', async () => {
    await using server = await Loopback.start(org());
    const client = await LoyaltyClient.connect({
      instanceUrl: `${server.url}/`,
      clientId: 'app',
      clientSecret: secret,
    });
    expect(await client.programs.list()).to.deep.equal([]);

    const [login, , call] = server.requests;
    expect(login).to.include({ method: 'POST', url: '/services/oauth2/token' });
    expect(login!.headers['content-type']).to.equal('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(login!.body))).to.deep.equal({
      grant_type: 'client_credentials',
      client_id: 'app',
      client_secret: secret,
    });
    expect(call!.url).to.match(/^\/services\/data\/v66\.0\/query\?/);
    expect(call!.headers).to.include({
      authorization: 'Bearer token1',
      'sforce-call-options': 'client=sf-plugin-loyalty',
    });
  });

  it('logs in by JWT', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await using server = await Loopback.start(org());
    await LoyaltyClient.connect({
      instanceUrl: server.url,
      clientId: 'app',
      username: 'sync@example.com',
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      apiVersion: '66.0',
    });

    const form = new URLSearchParams(server.requests[0]!.body);
    expect(form.get('grant_type')).to.equal('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const [head = '', claims = '', signature = ''] = form.get('assertion')!.split('.');
    const decoded = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect(decoded(head)).to.deep.equal({ alg: 'RS256' });
    expect(decoded(claims)).to.include({ iss: 'app', sub: 'sync@example.com', aud: 'https://login.salesforce.com' });
    expect(decoded(claims).exp).to.be.within(Date.now() / 1000 + 60, Date.now() / 1000 + 300);
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url'))).to.equal(
      true,
    );
  });

  for (const [what, versions, expected] of [
    ['the newest version that the org lists', ['64.0', '66.0', '65.0'], '66.0'],
    ['no version that it does not know yet', ['66.0', '67.0', '70.0', '101.0'], '67.0'],
    ['66.0 when the org lists none that can be used', ['45.0'], '66.0'],
  ] as const) {
    it(`uses ${what}`, async () => {
      await using server = await Loopback.start(org({ versions }));
      const client = await LoyaltyClient.connect({ instanceUrl: server.url, clientId: 'app', clientSecret: secret });
      expect(client.apiVersion).to.equal(expected);
    });
  }

  it('does not ask for versions when one is given', async () => {
    await using server = await Loopback.start(org());
    const options = { instanceUrl: server.url, clientId: 'app', clientSecret: secret, apiVersion: '60.0' };
    expect((await LoyaltyClient.connect(options)).apiVersion).to.equal('60.0');
    expect(server.requests).to.have.length(1);
  });

  it('logs in again for a request that another process has prepared', async () => {
    const ended = new Set([1]);
    await using server = await Loopback.start(org({ ended }));
    const client = await LoyaltyClient.connect({ instanceUrl: server.url, clientId: 'app', clientSecret: secret });
    const limits = { timeout: 10_000, began: systemClock.monotonic() };
    const { statusCode, body } = await client.sendPrepared(
      { path: '/services/data/v66.0/any', body: '{"a":1}' },
      limits,
    );
    expect([statusCode, JSON.parse(body)]).to.deep.equal([200, { totalSize: 0, done: true, records: [] }]);
    const sent = server.requests.filter(({ url }) => url.endsWith('/any'));
    expect(sent.map(({ headers, body: text }) => [headers.authorization, text])).to.deep.equal([
      ['Bearer token1', '{"a":1}'],
      ['Bearer token2', '{"a":1}'],
    ]);
  });

  it('logs in again when the session ends, once for all requests that notice', async () => {
    const ended = new Set<number>();
    await using server = await Loopback.start(org({ ended }));
    const client = await LoyaltyClient.connect({ instanceUrl: server.url, clientId: 'app', clientSecret: secret });
    for (const session of [1, 2]) {
      ended.add(session);
      await Promise.all(Array.from({ length: 5 }, () => client.programs.list()));
      expect(logins(server.requests)).to.have.length(session + 1);
    }
  });

  const journal = { ActivityDate: '2026-04-03T08:00:00Z', MembershipNumber: 'M-77' };
  const connected = (instanceUrl: string) =>
    LoyaltyClient.connect({ instanceUrl, clientId: 'app', clientSecret: secret, apiVersion: '66.0' });

  /** Lets the first session end at once, and answers each login after the first as `relogin` says. */
  function shortSession(relogin: Answer): Answer {
    const whole = org({ ended: new Set([1]) });
    let logins = 0;
    return (response, request, count) => {
      const isRelogin = request.url === '/services/oauth2/token' && (logins += 1) > 1;
      (isRelogin ? relogin : whole)(response, request, count);
    };
  }

  it('sends a write again with its body after a new login, and only once', async () => {
    const ended = new Set([1, 2]);
    await using server = await Loopback.start(org({ ended }));
    const client = await connected(server.url);
    const error = await failureOf(client.journals.execute('Inner Circle', [journal]));
    expect(error).to.include({ name: 'LoyaltyApiError', status: 401 });
    const [first, , second, ...rest] = server.requests.slice(1);
    expect(rest).to.deep.equal([]);
    expect([first, second].map((sent) => sent!.headers.authorization)).to.deep.equal([
      'Bearer token1',
      'Bearer token2',
    ]);
    expect(second!.body).to.equal(first!.body).and.to.contain('M-77');
  });

  it('tells every request that the session ended if the new login fails, whatever failed about it', async () => {
    await using server = await Loopback.start(shortSession((response) => response.destroy()));
    const client = await connected(server.url);
    const errors = await Promise.all([1, 2].map(() => failureOf(client.journals.execute('Inner Circle', [journal]))));
    for (const error of errors) {
      expect(error).to.include({ name: 'LoyaltyApiError', status: 401 });
      expect(verdict(error)).to.include({ kind: 'stop', nothingStored: true });
    }
    expect(logins(server.requests)).to.have.length(2);
  });

  it('lets a request that begins during a new login wait for it', async () => {
    let later: Promise<unknown> | undefined;
    await using server = await Loopback.start(
      shortSession((response) => {
        later = failureOf(client.journals.execute('Inner Circle', [journal]));
        setImmediate(() => json(response, 400, { error: 'invalid_client' }));
      }),
    );
    const client = await connected(server.url);
    await failureOf(client.programs.list());
    expect(await later).to.include({ kind: 'notSent', mayHaveHappened: false });
    expect(server.requests.filter(({ body }) => body.includes('M-77'))).to.deep.equal([]);
  });

  it('does not log in again if the app is blocked', async () => {
    const message = 'This session is not valid for use with the REST API';
    const whole = org();
    await using server = await Loopback.start((response, request, count) => {
      if (request.url === '/services/oauth2/token') whole(response, request, count);
      else json(response, 401, [{ errorCode: 'INVALID_SESSION_ID', message }]);
    });
    const client = await connected(server.url);
    expect(await failureOf(client.programs.list())).to.include({ name: 'LoyaltyApiError', status: 401 });
    expect(logins(server.requests)).to.have.length(1);
  });

  it('reports that the org refused, and why, without the secret', async () => {
    await using server = await Loopback.start((response) =>
      json(response, 400, { error: 'invalid_grant', error_description: 'authentication failure' }),
    );
    const error = await failureOf(
      LoyaltyClient.connect({ instanceUrl: server.url, clientId: 'app', clientSecret: secret }),
    );
    expect(error).to.be.instanceOf(LoginError).and.to.include({
      error: 'invalid_grant',
      message: 'The org refused to log in: invalid_grant (authentication failure).',
    });
  });

  it('describes an answer that did not come from the org', async () => {
    await using server = await Loopback.start((response) =>
      response.writeHead(403, { 'content-type': 'text/html' }).end('<html>'),
    );
    const error = await failureOf(
      LoyaltyClient.connect({ instanceUrl: server.url, clientId: 'app', clientSecret: secret }),
    );
    expect(error).to.include({ name: 'LoyaltyApiError', status: 403 });
  });

  it('does not accept an answer without a token as a login, and shows nothing of it', async () => {
    await using server = await Loopback.start((response) => json(response, 200, { token: secret }));
    const error = await failureOf(
      LoyaltyClient.connect({ instanceUrl: server.url, clientId: 'app', clientSecret: secret }),
    );
    expect(error).to.include({ name: 'LostAnswerError', kind: 'unreadable' });
    expect((error as Error).message).to.not.contain(secret);
  });
});
