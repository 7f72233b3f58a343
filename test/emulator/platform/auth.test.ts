import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';

const made_up = '00D000000000001!made.up_token';

describe('Logging in', () => {
  let org: Emulator;
  let client: RestClient;

  before(async () => {
    org = await Emulator.start();
    client = new RestClient(org);
  });

  after(() => org.stop());

  const login = (fields: Record<string, string>, headers = {}): Promise<Answer> => tokenRequest(org, fields, headers);

  const listedVersions = async (): Promise<{ url: string }[]> =>
    (await (await fetch(`${org.url}/services/data`)).json()) as { url: string }[];

  it('lists the versions to everyone', async () => {
    const versions = await listedVersions();
    expect(versions.at(0)).to.deep.equal({ label: "Summer '14", version: '31.0', url: '/services/data/v31.0' });
    expect(versions.slice(-3)).to.deep.equal([
      { label: "Spring '26", version: '66.0', url: '/services/data/v66.0' },
      { label: "Summer '26", version: '67.0', url: '/services/data/v67.0' },
      { label: "Winter '27", version: '68.0', url: '/services/data/v68.0' },
    ]);
  });

  it('serves the versions that it lists, and no others', async () => {
    const listed = (await listedVersions()).map(({ url }) => url);
    for (let version = 10; version < 100; version++) {
      const url = `/services/data/v${version}.0`;
      expect((await client.get(url)).status, url).to.equal(listed.includes(url) ? 200 : 404);
    }
  });

  it('lists the resources and the identity of the caller', async () => {
    const { body } = await client.get('');
    expect(body).to.include({ sobjects: '/services/data/v66.0/sobjects', query: '/services/data/v66.0/query' });
    const [organizationId, userId] = new URL(body.identity).pathname.split('/').slice(-2);
    expect(organizationId).to.match(/^00D\w{15}$/);
    expect(userId).to.match(/^005\w{15}$/);
  });

  const grants: Record<string, Record<string, string>> = {
    client_credentials: { client_id: 'app', client_secret: 'secret' },
    refresh_token: { client_id: 'app', refresh_token: '5Aep861x' },
    password: { client_id: 'app', client_secret: 's', username: 'a@b.example', password: 'p' },
    'urn:ietf:params:oauth:grant-type:jwt-bearer': { assertion: jwt({ exp: 4_000_000_000 }) },
  };

  for (const [grant, fields] of Object.entries(grants)) {
    it(`gives a token that works for ${grant}`, async () => {
      const { status, body } = await login({ grant_type: grant, ...fields });
      expect(status).to.equal(200);
      expect(body).to.include({ token_type: 'Bearer', instance_url: org.url });
      expect(body).not.to.have.property('expires_in');
      expect(body).not.to.have.property('refresh_token');
      expect(body.id).to.match(/\/id\/00D\w{15}\/005\w{15}$/);
      expect(body.access_token).to.match(/^00D\w{12,15}![.\w]+$/);
      expect((await new RestClient(org, body.access_token as string).get('/limits')).status).to.equal(200);
    });
  }

  it('accepts the client in a Basic header', async () => {
    const authorization = `Basic ${Buffer.from('app:sec%3Aret').toString('base64')}`;
    expect((await login({ grant_type: 'client_credentials' }, { authorization })).status).to.equal(200);
  });

  it('accepts an expiry in milliseconds, as the CLI sends it', async () => {
    const assertion = jwt({ exp: Date.now() + 300 });
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    expect((await login({ grant_type, assertion })).status).to.equal(200);
  });

  const refusals: [string, Record<string, string>, string, string][] = [
    ['an unknown grant', { grant_type: 'device' }, 'unsupported_grant_type', 'grant type not supported'],
    ['no client', { grant_type: 'client_credentials' }, 'invalid_client_id', 'client identifier invalid'],
    ['no secret', { grant_type: 'client_credentials', client_id: 'a' }, 'invalid_client', 'invalid client credentials'],
    [
      'no password',
      { ...grants['password'], grant_type: 'password', password: '' },
      'invalid_grant',
      'authentication failure',
    ],
    [
      'an expired assertion',
      { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: jwt({ exp: 1 }) },
      'invalid_grant',
      'expired authorization code',
    ],
    [
      'an invalid assertion',
      { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'a.b.c' },
      'invalid_grant',
      'invalid assertion',
    ],
    ...[null, {}, { iss: '', sub: '', exp: 4_000_000_000 }].map(
      (claims): [string, Record<string, string>, string, string] => [
        `an assertion of ${JSON.stringify(claims)}`,
        { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `e30.${encoded(claims)}.c2ln` },
        'invalid_grant',
        'invalid assertion',
      ],
    ),
  ];

  for (const [what, fields, error, description] of refusals) {
    it(`refuses ${what} with an object`, async () => {
      const { status, body } = await login(fields);
      expect(status).to.equal(400);
      expect(body).to.deep.equal({ error, error_description: description });
    });
  }

  it('accepts a secret in a Basic header that is not encoded', async () => {
    const authorization = `Basic ${Buffer.from('app:50%off').toString('base64')}`;
    expect((await login({ grant_type: 'client_credentials' }, { authorization })).status).to.equal(200);
  });

  for (const contentType of ['application/json', 'text/plain']) {
    it(`reads no grant from a body of ${contentType}`, async () => {
      const body = 'grant_type=client_credentials&client_id=a&client_secret=b';
      const answer = await client.send('POST', '/services/oauth2/token', body, { 'content-type': contentType });
      expect([answer.status, answer.body.error]).to.deep.equal([400, 'unsupported_grant_type']);
    });
  }

  it('requires POST for a token, with an OAuth error', async () => {
    const { status, body } = await client.get('/services/oauth2/token');
    expect([status, body]).to.deep.equal([400, { error: 'invalid_request', error_description: 'must use HTTP POST' }]);
  });

  it('logs in with a browser, with a code that is valid once and only for the client that started the login', async () => {
    const verifier = 'v'.repeat(43);
    const right = { code_verifier: verifier };
    expect((await login(await codeFields(org, verifier, right))).body).to.include({ token_type: 'Bearer' });
    const fields = await codeFields(org, verifier, right);
    const { status, body } = await login(fields);
    expect(status).to.equal(200);
    expect(body.refresh_token).to.match(/^5Aep861/);
    expect((await login(fields)).body.error_description).to.equal('expired authorization code');
    const wrong: [Record<string, string>, string][] = [
      [{}, 'invalid code verifier'],
      [{ code_verifier: 'w'.repeat(43) }, 'invalid code verifier'],
      [{ ...right, redirect_uri: 'http://localhost:1718/OauthRedirect' }, 'redirect_uri must match configuration'],
      [{ ...right, code: 'aPrx' }, 'expired authorization code'],
    ];
    for (const [given, description] of wrong) {
      const answer = await login(await codeFields(org, verifier, given));
      expect([answer.status, answer.body.error_description]).to.deep.equal([400, description]);
    }
    expect((await login(await codeFields(org))).status).to.equal(200);
  });

  it('sends a browser back with a code, but only to this machine', async () => {
    const authorize = (redirect: string): Promise<Answer> =>
      client.get(`/services/oauth2/authorize?state=s1&redirect_uri=${encodeURIComponent(redirect)}`);
    const { status, headers } = await authorize('http://localhost:1717/OauthRedirect');
    expect(status).to.equal(302);
    expect(headers.get('location')).to.match(/^http:\/\/localhost:1717\/OauthRedirect\?code=[\w.]+&state=s1$/);
    expect((await authorize('https://elsewhere.example/')).body).to.include({ error: 'redirect_uri_mismatch' });
  });

  it('tells whose token it is', async () => {
    const info = (await client.get('/services/oauth2/userinfo')).body;
    const user = org.store.get('User', info.user_id as string);
    expect(info).to.include({
      preferred_username: user?.['Username'],
      organization_id: org.store.first('Organization', {})?.Id,
    });
    const { pathname } = new URL(info.sub as string);
    expect((await client.get(pathname)).body).to.include({ user_id: info.user_id, username: user?.['Username'] });
    const byQuery = await fetch(`${org.url}${pathname}?format=json&oauth_token=${org.accessToken}`);
    expect(byQuery.status).to.equal(200);
  });

  it('answers a bad token at userinfo with a single word', async () => {
    const { status, body } = await new RestClient(org, 'bad').get('/services/oauth2/userinfo');
    expect({ status, body }).to.deep.equal({ status: 403, body: 'Bad_OAuth_Token' });
  });

  it('logs in an unknown user, who exists from then on', async () => {
    const assertion = jwt({ sub: 'cy@example.com', exp: 4_000_000_000 });
    const cy = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
    const [first, second] = [(await login(cy)).body, (await login(cy)).body];
    expect(second.id).to.equal(first.id);
    const asCy = new RestClient(org, first.access_token as string);
    const profile =
      "SELECT Name FROM Profile WHERE Id IN (SELECT ProfileId FROM User WHERE Username = 'cy@example.com')";
    expect((await asCy.query(profile)).body.totalSize).to.equal(1);
    const id = await asCy.create('Account', { Name: 'Of Cy' });
    expect(first.id).to.match(new RegExp(`/${String(org.store.get('Account', id)?.['CreatedById'])}$`));
    expect((await asCy.get('/services/oauth2/userinfo')).body.preferred_username).to.equal('cy@example.com');
  });

  it('does not log in with an invalid username', async () => {
    const fields = { grant_type: 'password', client_id: 'app', username: 'x'.repeat(300), password: 'p' };
    expect((await login(fields)).body).to.deep.equal({
      ...{ error: 'invalid_grant', error_description: 'authentication failure' },
    });
  });

  it('answers a missing token with another word', async () => {
    const answer = await fetch(`${org.url}/services/oauth2/userinfo`);
    expect([answer.status, await answer.text()]).to.deep.equal([403, 'Missing_OAuth_Token']);
  });

  it('returns the identity of another user, and refuses an unknown one', async () => {
    const bo = { grant_type: 'password', client_id: 'app', username: 'bo@example.com', password: 'p' };
    const id = ((await login(bo)).body.id as string).split('/').at(-1) ?? '';
    const organization = org.store.first('Organization', {})?.Id ?? '';
    expect((await client.get(`/id/${organization}/${id}`)).body).to.include({ username: 'bo@example.com' });
    const unknown = await client.get(`/id/${organization}/0059z0000000999AAA`);
    expect([unknown.status, unknown.body]).to.deep.equal([404, 'Bad_Id']);
    const elsewhere = await client.get(`/id/00D000000000000EAA/${id}`);
    expect([elsewhere.status, elsewhere.body]).to.deep.equal([403, 'Wrong_Org']);
  });

  it('revokes a refresh token once', async () => {
    const { refresh_token: token } = (await login(await codeFields(org))).body;
    expect((await form(org, '/services/oauth2/revoke', { token: token as string })).status).to.equal(200);
    const { status, body } = await form(org, '/services/oauth2/revoke', { token: token as string });
    expect([status, body.error]).to.deep.equal([400, 'invalid_token']);
    const again = await login({ grant_type: 'refresh_token', client_id: 'a', refresh_token: token as string });
    expect(again.body).to.include({ error: 'invalid_grant' });
  });

  it('tells whether a token is valid, and revokes it', async () => {
    const token = (await login({ grant_type: 'client_credentials', client_id: 'a', client_secret: 'b' })).body
      .access_token as string;
    const introspect = async (): Promise<unknown> => (await form(org, '/services/oauth2/introspect', { token })).body;
    expect(await introspect()).to.include({ active: true });
    const { status, body } = await form(org, '/services/oauth2/revoke', { token });
    expect({ status, body }).to.deep.equal({ status: 200, body: '' });
    expect(await introspect()).to.deep.equal({ active: false });
    expect((await new RestClient(org, token).get('/limits')).status).to.equal(401);
  });
});

describe('Sessions', () => {
  const invalid = [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];

  it('accept any well-formed token', async () => {
    await using org = await Emulator.start();
    expect((await new RestClient(org, made_up).get('/limits')).status).to.equal(200);
    const { status, body } = await new RestClient(org, 'no-token').get('/limits');
    expect({ status, body }).to.deep.equal({ status: 401, body: invalid });
  });

  it('are checked before everything else', async () => {
    await using org = await Emulator.start();
    const answer = await fetch(`${org.url}/services/data/v66.0/nowhere`);
    expect(answer.status).to.equal(401);
    expect(await answer.json()).to.deep.equal(invalid);
  });

  for (const path of ['/x/limits', '/%7666.0/limits', '/66.0/sobjects/User/0059z0000000001AAA', '/V66.0/limits']) {
    it(`are checked before the version, as in /services/data${path}`, async () => {
      await using org = await Emulator.start({ strictAuth: true });
      const answer = await fetch(`${org.url}/services/data${path}`);
      expect(answer.status).to.equal(401);
      expect(await answer.json()).to.deep.equal(invalid);
      const known = await new RestClient(org).get(`/services/data${path}`);
      expect([known.status, known.headers.get('sforce-limit-info')?.slice(0, 10)]).to.deep.equal([404, 'api-usage=']);
    });
  }

  it('report a wrong authorization scheme', async () => {
    await using org = await Emulator.start();
    const { status, body } = await new RestClient(org).get('/limits', { authorization: 'Basic eDp5' });
    expect(status).to.equal(401);
    expect(body).to.deep.equal([{ message: 'INVALID_HEADER_TYPE', errorCode: 'INVALID_AUTH_HEADER' }]);
    expect((await new RestClient(org).get('/limits', { authorization: `OAuth ${org.accessToken}` })).status).to.equal(
      200,
    );
  });

  it('are not accepted in the address of a record, because any web page could send it', async () => {
    await using org = await Emulator.start();
    const url = `${org.url}/services/data/v66.0/sobjects/Account?oauth_token=${org.accessToken}`;
    expect((await fetch(url, { method: 'POST', body: '{"Name":"x"}' })).status).to.equal(401);
    expect(org.store.count('Account')).to.equal(0);
  });

  it('with strictAuth accept only tokens that were issued', async () => {
    await using org = await Emulator.start({ strictAuth: true });
    expect((await new RestClient(org, made_up).get('/limits')).status).to.equal(401);
    expect((await new RestClient(org).get('/limits')).status).to.equal(200);
    const refresh = await tokenRequest(org, { grant_type: 'refresh_token', client_id: 'a', refresh_token: '5Aep' });
    expect(refresh.body).to.include({ error: 'invalid_grant' });
    const assertion = jwt({ exp: 4_000_000_000 });
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    expect((await tokenRequest(org, { grant_type, assertion })).body).to.include({ error: 'invalid_grant' });
  });

  it('can be ended for all tokens so far, but not for later ones', async () => {
    await using org = await Emulator.start();
    const before = [org.accessToken, made_up];
    for (const token of before) await new RestClient(org, token).get('/limits');
    org.expireSessions();
    for (const token of before) {
      const { status, body } = await new RestClient(org, token).get('/limits');
      expect({ status, body }).to.deep.equal({ status: 401, body: invalid });
    }
    expect((await new RestClient(org, org.accessToken).get('/limits')).status).to.equal(200);
    const login = { grant_type: 'client_credentials', client_id: 'a', client_secret: 'b' };
    const { access_token: token } = (await tokenRequest(org, login)).body;
    expect((await new RestClient(org, token as string).get('/limits')).status).to.equal(200);
  });
});

function tokenRequest(org: Emulator, fields: Record<string, string>, headers = {}): Promise<Answer> {
  return form(org, '/services/oauth2/token', fields, headers);
}

function form(org: Emulator, path: string, fields: Record<string, string>, headers = {}): Promise<Answer> {
  const type = { 'content-type': 'application/x-www-form-urlencoded', authorization: '' };
  return new RestClient(org).send('POST', path, String(new URLSearchParams(fields)), { ...type, ...headers });
}

/** The fields of a token request after a browser was sent to `authorize` and came back. */
async function codeFields(
  org: Emulator,
  verifier?: string,
  more: Record<string, string> = {},
): Promise<Record<string, string>> {
  const redirect = { client_id: 'PlatformCLI', redirect_uri: 'http://localhost:1717/OauthRedirect' };
  const challenge = verifier && { code_challenge: createHash('sha256').update(verifier).digest('base64url') };
  const query = new URLSearchParams({ response_type: 'code', ...redirect, ...challenge });
  const { headers } = await new RestClient(org).get(`/services/oauth2/authorize?${String(query)}`);
  const code = new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
  return { grant_type: 'authorization_code', ...redirect, code, ...more };
}

function jwt(claims: Record<string, unknown>): string {
  return `${encoded({ alg: 'RS256' })}.${encoded({ iss: 'app', sub: 'ada@example.com', ...claims })}.c2ln`;
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
