import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Loopback, json } from './loopback.js';

const run = promisify(execFile);

/** Asks an org for its programs in a process of its own, because the environment is read once. */
const script = `
  import { Connection } from '@jsforce/jsforce-node';
  import { LoyaltyClient } from './src/client/index.ts';
  const client = new LoyaltyClient(new Connection({ instanceUrl: process.env.ORG, accessToken: 'token' }));
  const report = await client.programs.list().catch(({ kind, mayHaveHappened, message }) => ({ kind, mayHaveHappened, message }));
  console.log(JSON.stringify(report));
`;

async function programsOf(org: string, environment: Record<string, string>): Promise<unknown> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
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

  it('is left out for hosts in NO_PROXY', async () => {
    await using org = await Loopback.start((response) =>
      json(response, 200, { totalSize: 0, done: true, records: [] }),
    );
    const nobody = 'http://127.0.0.1:1';
    expect(await programsOf(org.url, { HTTP_PROXY: nobody, HTTPS_PROXY: nobody, NO_PROXY: '127.0.0.1' })).to.deep.equal(
      [],
    );
  });
});
