import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Loopback, json } from '../client/loopback.js';
import { typeScriptArgs } from '../support/typeScriptArgs.js';

const run = promisify(execFile);
const script = join(import.meta.dirname, '../support/endedSession.ts');

async function afterItsEnd(org: string): Promise<unknown> {
  const home = await mkdtemp(join(tmpdir(), 'loyalty-renewed-'));
  try {
    const { stdout } = await run(process.execPath, [...typeScriptArgs, script], {
      env: {
        ...{ PATH: process.env['PATH'], HOME: home, USERPROFILE: home, ORG: org },
        ...{ SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_TELEMETRY: 'true' },
      },
    });
    return JSON.parse(stdout);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

describe('the renewal of a session', function () {
  this.timeout(60_000);

  const login = (url: string, name: string) => ({
    access_token: `00D000000000001!${name}`,
    instance_url: url,
    id: 'https://login.example/id/00D000000000001/005000000000001',
  });
  const nothing = { totalSize: 0, done: true, records: [] };
  const over = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];

  it("follows no redirect, neither of the login nor of core's requests with the new token", async () => {
    for (const redirected of ['/services/oauth2/token', '/services/data']) {
      await using other = await Loopback.start((response) => json(response, 200, login('http://127.0.0.1:1', 'OTHER')));
      let hasEnded = false;
      await using org = await Loopback.start((response, { url, headers }) => {
        if (url === '/end-of-session') hasEnded = true;
        if (hasEnded && url.startsWith(redirected) && !headers.authorization?.endsWith('FIRST')) {
          response.writeHead(307, { location: `${other.url}/elsewhere` }).end();
        } else if (url.startsWith('/services/oauth2/token')) {
          json(response, 200, login(`http://${headers.host ?? ''}`, hasEnded ? 'SECOND' : 'FIRST'));
        } else if (hasEnded && url !== '/end-of-session') json(response, 401, over);
        else json(response, 200, url === '/services/data' ? [{ version: '66.0' }] : nothing);
      });
      expect(await afterItsEnd(org.url), redirected).to.have.property('name', 'LoyaltyApiError');
      expect(org.requests.filter(({ url }) => url.startsWith('/services/oauth2/token'))).to.have.length(2);
      expect(other.requests, redirected).to.deep.equal([]);
    }
  });
});
