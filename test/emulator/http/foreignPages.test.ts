import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { rawRequest } from './rawRequest.js';
import type { RawRequest } from './rawRequest.js';

/** What a browser says of a page of another origin, by one header or another. */
const foreign: Record<string, Record<string, string>> = {
  'its origin': { origin: 'https://attacker.example.com' },
  'an origin of another port': { origin: 'http://127.0.0.1:1' },
  'the null origin of a file or a sandbox': { origin: 'null' },
  'another site': { 'sec-fetch-site': 'cross-site' },
  'the same site and another origin': { 'sec-fetch-site': 'same-site' },
  'the page with the link': { referer: 'https://attacker.example.com/page' },
};

const token = '00D000000000000!local';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** What would change something, or show something, and needs no header of its own. */
const requests: Record<string, readonly [path: string, request: RawRequest]> = {
  'revoke by GET': [`/services/oauth2/revoke?token=${token}`, {}],
  'revoke by POST': ['/services/oauth2/revoke', { method: 'POST', headers: form, body: `token=${token}` }],
  'a login in the address': [
    '/services/oauth2/token?grant_type=password&client_id=a&username=x@evil.example&password=x',
    { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '' },
  ],
  'a login by form': [
    '/services/oauth2/token',
    { method: 'POST', headers: form, body: 'grant_type=password&client_id=a&username=x@evil.example&password=x' },
  ],
  'a code': ['/services/oauth2/authorize?redirect_uri=http://localhost:1717/', {}],
  'the identity': [`/services/oauth2/userinfo?oauth_token=${token}`, {}],
  'a record': [
    '/services/data/v66.0/sobjects/Account',
    { method: 'POST', headers: { authorization: `Bearer ${token}` } },
  ],
  versions: ['/services/data', {}],
  'a preflight': ['/services/data/v66.0/limits', { method: 'OPTIONS' }],
  'the end of the org': ['/emulator/stop', { method: 'POST' }],
  'the page': ['/', {}],
  'the parts of the page': ['/emulator/page', {}],
  'an unknown address': ['/nowhere', {}],
};

describe('A page of another origin', () => {
  let org: Emulator;

  before(async () => {
    org = await Emulator.start();
  });

  after(() => org.stop());

  for (const [what, [path, request]] of Object.entries(requests)) {
    it(`cannot ask for ${what}`, async () => {
      const users = org.store.count('User');
      for (const [how, headers] of Object.entries(foreign)) {
        const answer = await rawRequest(org, path, { ...request, headers: { ...request.headers, ...headers } });
        expect([answer.status, JSON.parse(answer.text)[0].errorCode], how).to.deep.equal([403, 'FORBIDDEN']);
      }
      expect(org.store.count('User')).to.equal(users);
      const headers = { authorization: `Bearer ${token}` };
      expect((await rawRequest(org, '/services/data/v66.0/limits', { headers })).status).to.equal(200);
    });
  }

  it('is distinguished from the page of the org, a typed address, and a program', async () => {
    const { host } = new URL(org.url);
    const own: Record<string, string>[] = [
      {},
      { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' },
      { 'sec-fetch-site': 'same-origin', origin: org.url, referer: `${org.url}/` },
      { host: 'loyalty-org:8366', origin: 'http://loyalty-org:8366' },
      { origin: `https://${host}` },
    ];
    for (const headers of own) {
      expect((await rawRequest(org, '/', { headers })).status, JSON.stringify(headers)).to.equal(200);
      expect((await rawRequest(org, '/emulator/page', { headers })).status).to.equal(200);
    }
  });

  it('cannot end a session at an address outside of this machine, where a browser does not tell which page asks', async () => {
    const browser = { host: '192.168.0.9:8366', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
    expect((await rawRequest(org, `/services/oauth2/revoke?token=${token}`, { headers: browser })).status).to.equal(
      403,
    );
    const program = { host: '192.168.0.9:8366', 'user-agent': 'middleware/1.0' };
    const issued = org.accessToken;
    expect((await rawRequest(org, `/services/oauth2/revoke?token=${issued}`, { headers: program })).status).to.equal(
      200,
    );
  });
});
