import { expect } from 'chai';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Emulator, stopEmulator } from '../../../src/emulator/index.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Runs `work` against a server that is no local org. @returns the methods that it was called with */
async function besideOther(listener: Listener, work: (url: string) => Promise<void>): Promise<string[]> {
  const methods: string[] = [];
  const server = createServer((request, response) => {
    methods.push(String(request.method));
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).finally(() => {
    server.closeAllConnections();
    server.close();
  });
  return methods;
}

const json = (body: unknown): Listener => {
  return (_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
};

/** Sends back whatever it gets, as some debugging servers do. */
const echo: Listener = ({ url }, response) => {
  const challenge = new URL(url ?? '', 'http://x').searchParams.get('challenge');
  response.end(JSON.stringify({ pid: 1, answer: challenge, challenge }));
};

describe('Stopping a local org', () => {
  const others: Record<string, Listener> = {
    'any JSON with a pid': json({ pid: 1 }),
    'JSON with an answer of its own': json({ pid: 1, answer: 'yes' }),
    'an echo': echo,
    'a page': (_request, response) => response.end('<h1>Hello</h1>'),
    'a refusal': (_request, response) => response.writeHead(403).end('{"pid":1}'),
    'a connection that is cut': ({ socket }) => void socket.destroy(),
  };

  for (const [name, listener] of Object.entries(others)) {
    it(`does not mistake ${name} for an org, and changes nothing there`, async () => {
      const methods = await besideOther(listener, async (url) => {
        const error: unknown = await stopEmulator(url).catch((reason: unknown) => reason);
        expect(error).to.include({
          name: 'NoEmulatorError',
          message: `No local org answers at ${url}.`,
        });
      });
      expect(methods).to.deep.equal(['GET']);
    });
  }

  it('returns when the org no longer listens, so that its port and folder are free', async () => {
    const org = await Emulator.start();
    const port = Number(new URL(org.url).port);
    await stopEmulator(org.url);
    await using next = await Emulator.start({ port });
    expect(next.url).to.equal(org.url);
  });

  it('identifies the org with a request that no web page can send', async () => {
    await using org = await Emulator.start();
    expect((await fetch(`${org.url}/emulator?challenge=x`)).status).to.equal(403);
  });
});
