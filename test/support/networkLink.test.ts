import { expect } from 'chai';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { NetworkLink } from './networkLink.js';

/** A client that is connected over a link, and what it has heard. */
interface Caller {
  readonly socket: Socket;
  heard: string;
}

/** Resolves when the socket is closed, whatever the reason. */
function closed(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => socket.once('close', resolve));
}

describe('a network link', () => {
  let server: Server;
  let link: NetworkLink;
  /** What the server has received over all connections. It answers each message with the same in capitals. */
  let received: string;
  let atServer: Socket | undefined;
  let callers: Caller[];

  beforeEach(async () => {
    received = '';
    callers = [];
    server = createServer((socket) => {
      atServer = socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        received += bytes.toString();
        socket.write(bytes.toString().toUpperCase());
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    link = await NetworkLink.open((server.address() as AddressInfo).port);
  });

  afterEach(async () => {
    await link[Symbol.asyncDispose]();
    for (const { socket } of callers) socket.destroy();
    server.close();
    await once(server, 'close');
  });

  async function call(): Promise<Caller> {
    const socket = connect(link.port, '127.0.0.1').on('error', () => undefined);
    const caller: Caller = { socket, heard: '' };
    callers.push(caller);
    socket.on('data', (bytes) => (caller.heard += bytes.toString()));
    await once(socket, 'connect');
    return caller;
  }

  async function say({ socket }: Caller, text: string): Promise<void> {
    const answer = once(socket, 'data');
    socket.write(text);
    await answer;
  }

  it('never delivers what it has dropped, and tells the client nothing of a connection that is of no use', async () => {
    const caller = await call();
    await say(caller, 'a');
    link.become('lost');
    const dropped = link.drops();
    caller.socket.write('b');
    await dropped;
    const ended = closed(atServer!);
    link.become('up');
    await ended;
    caller.socket.write('c');
    const other = await call();
    await say(other, 'd');
    expect([received, caller.heard, caller.socket.destroyed]).to.deep.equal(['ad', 'A', false]);
  });

  it('drops answers alone', async () => {
    const caller = await call();
    await say(caller, 'a');
    link.become('answers lost');
    const dropped = link.drops();
    caller.socket.write('b');
    await dropped;
    expect([received, caller.heard]).to.deep.equal(['ab', 'A']);
  });

  it('delivers in its order what it has held back, to the end', async () => {
    const caller = await call();
    await say(caller, 'a');
    link.become('held back');
    caller.socket.end('b');
    await once(caller.socket, 'close');
    expect(received).to.equal('a');
    const ended = closed(atServer!);
    link.become('up');
    await ended;
    expect(received).to.equal('ab');
  });

  it('resets connections, and those that are made', async () => {
    const caller = await call();
    await say(caller, 'a');
    const ended = closed(caller.socket);
    link.become('reset');
    await ended;
    await closed(connect(link.port, '127.0.0.1').on('error', () => undefined));
    expect(received).to.equal('a');
  });
});
