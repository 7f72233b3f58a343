import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Loopback, json } from './loopback.js';
import { typeScriptArgs } from '../support/typeScriptArgs.js';

const run = promisify(execFile);

/** Asks an org for its programs in a separate process, because the environment is read only once. */
const script = `
  import { Connection } from '@jsforce/jsforce-node';
  import { LoyaltyClient } from './src/client/index.ts';
  const client = new LoyaltyClient(new Connection({ instanceUrl: process.env.ORG, accessToken: 'token' }));
  const report = await client.programs.list().catch(({ name, kind, mayHaveHappened, message, actions }) => ({ name, kind, mayHaveHappened, message, actions }));
  console.log(JSON.stringify(report));
`;

async function programsOf(org: string, environment: Record<string, string>): Promise<unknown> {
  const { stdout } = await run(process.execPath, [...typeScriptArgs, '--input-type=module', '--eval', script], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH, ORG: org, ...environment },
  });
  return JSON.parse(stdout);
}

describe('a proxy', () => {
  it('is asked for a tunnel, and when it refuses, certainly nothing was sent', async () => {
    const proxy = createServer().listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const tunnels: (string | undefined)[] = [];
    proxy.on('connect', ({ url }, socket) => {
      tunnels.push(url);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    const HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const report = await programsOf('https://harbour.invalid', { HTTPS_PROXY });
    proxy.closeAllConnections();
    proxy.close();

    expect(tunnels).to.deep.equal(['harbour.invalid:443']);
    expect(report).to.include({ kind: 'notConnected', mayHaveHappened: false });
  });

  it('is not used for hosts in NO_PROXY', async () => {
    await using org = await Loopback.start((response) =>
      json(response, 200, { totalSize: 0, done: true, records: [] }),
    );
    const nobody = 'http://127.0.0.1:1';
    expect(await programsOf(org.url, { HTTP_PROXY: nobody, HTTPS_PROXY: nobody, NO_PROXY: '127.0.0.1' })).to.deep.equal(
      [],
    );
  });

  for (const [what, value, shown] of [
    ['has no scheme', 'proxy.example:8080', 'proxy.example:8080'],
    ['has no scheme, but a password', 'me:my-password@proxy.example:8080', 'proxy.example:8080'],
    ['has another scheme', 'ftp://me:my-password@proxy.example', 'proxy.example'],
  ] as const) {
    it(`whose address ${what} is an error that names the variable but no password`, async () => {
      const report = (await programsOf('https://harbour.invalid', { HTTPS_PROXY: value })) as Record<string, string>;
      expect(report).to.include({
        name: 'AddressError',
        message: `The environment variable HTTPS_PROXY is not the address of a proxy: "${shown}". Nothing was sent.`,
      });
      expect(report['actions']).to.deep.equal([
        'Write it with a scheme, such as HTTPS_PROXY=http://proxy.example:8080, or unset it.',
      ]);
    });
  }

  it('that requires a name and a password is not treated as an outage of the org, and the error does not show them', async () => {
    await using proxy = await Loopback.start((response) => response.writeHead(407).end('Who are you?'));
    const report = await programsOf('http://localhost:1', { HTTP_PROXY: proxy.url.replace('//', '//me:my-password@') });
    expect(report).to.include({ name: 'LostAnswerError' });
    expect(JSON.stringify(report)).to.contain('407').and.to.not.contain('my-password');
  });
});
