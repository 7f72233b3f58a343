import { EventEmitter, once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/**
 * What a network does with what is sent over it.
 *
 * - `up`: delivers it.
 * - `lost`: drops it, in both directions. Nobody hears anything, not even that a connection was made or has ended.
 * - `answers lost`: drops only what the server sends. Requests over existing connections arrive.
 * - `held back`: keeps it until the network is up again, as TCP does, which sends again what was not received.
 * - `reset`: resets every connection, those that are being made too.
 */
export type NetworkState = 'up' | 'lost' | 'answers lost' | 'held back' | 'reset';

/**
 * The network between one client and a server, on loopback: the client connects to {@link NetworkLink.port} instead of
 * the server. What was dropped never arrives. A connection of which something was dropped is dead: when
 * the network is up again, the server's end is reset, and the client never hears of it, as behind a router that has
 * forgotten the connection.
 */
export class NetworkLink implements AsyncDisposable {
  readonly #server: Server;
  readonly #connections = new Set<LinkedConnection>();
  /** Clients' ends of dead connections. */
  readonly #silent = new Set<Socket>();
  readonly #dropped = new EventEmitter();
  #state: NetworkState = 'up';

  private constructor(target: number) {
    this.#server = createServer({ noDelay: true }, (client) => this.#accept(client, target));
  }

  /** @param target port of the server, on 127.0.0.1 */
  static async open(target: number): Promise<NetworkLink> {
    const link = new NetworkLink(target);
    link.#server.listen(0, '127.0.0.1');
    await once(link.#server, 'listening');
    return link;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The address of something on the server, over this link. */
  urlOf(address: string): string {
    const url = new URL(address);
    url.port = String(this.port);
    return url.href;
  }

  become(state: NetworkState): void {
    this.#state = state;
    if (state === 'reset') for (const each of this.#connections) each.reset();
    if (state === 'up') for (const each of this.#connections) this.#restore(each);
  }

  /** Resolves when something is dropped from now on. */
  async drops(): Promise<void> {
    await once(this.#dropped, 'dropped');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.become('reset');
    for (const socket of this.#silent) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(client: Socket, target: number): void {
    client.on('error', () => undefined);
    if (this.#state === 'reset') client.resetAndDestroy();
    // Neither the request for a connection nor the answer to it arrives. Loopback has answered already.
    else if (this.#state === 'lost' || this.#state === 'answers lost') this.#silence(client);
    else {
      const server = connect({ port: target, host: '127.0.0.1', noDelay: true });
      const connection = new LinkedConnection(client, server, (dropping) => this.#passage(dropping));
      this.#connections.add(connection);
      for (const socket of [client, server]) socket.once('close', () => this.#forget(connection));
    }
  }

  #passage(dropping: readonly NetworkState[]): Passage {
    if (dropping.includes(this.#state)) {
      this.#dropped.emit('dropped');
      return 'dropping';
    }
    return this.#state === 'held back' ? 'holding' : 'open';
  }

  #restore(connection: LinkedConnection): void {
    if (!connection.isBroken) {
      connection.deliver();
      this.#forget(connection);
      return;
    }
    this.#connections.delete(connection);
    connection.abandon();
    this.#silence(connection.client);
  }

  #forget(connection: LinkedConnection): void {
    if (connection.isOver) this.#connections.delete(connection);
  }

  #silence(client: Socket): void {
    if (client.destroyed) return;
    this.#silent.add(client);
    client.once('close', () => this.#silent.delete(client));
    client.resume();
  }
}

class LinkedConnection {
  readonly #requests: Direction;
  readonly #answers: Direction;

  constructor(
    readonly client: Socket,
    readonly server: Socket,
    passage: (dropping: readonly NetworkState[]) => Passage,
  ) {
    this.#requests = new Direction(client, server, () => passage(['lost']));
    this.#answers = new Direction(server, client, () => passage(['lost', 'answers lost']));
  }

  /** Whether something was dropped. */
  get isBroken(): boolean {
    return this.#requests.isBroken || this.#answers.isBroken;
  }

  /** Whether both ends are closed, and nothing waits to be delivered. */
  get isOver(): boolean {
    const waits = this.#requests.holds || this.#answers.holds;
    return this.client.destroyed && this.server.destroyed && !waits;
  }

  /** Delivers what was held back. */
  deliver(): void {
    this.#requests.deliver();
    this.#answers.deliver();
  }

  /** Ends the server's end, and tells the client nothing. */
  abandon(): void {
    this.#answers.isBroken = true;
    this.server.resetAndDestroy();
  }

  reset(): void {
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
  }
}

type Passage = 'open' | 'dropping' | 'holding';

const end = Symbol('end');

/** What one end of a connection sends to the other. */
class Direction {
  readonly #to: Socket;
  readonly #passage: () => Passage;
  readonly #held: (Buffer | typeof end)[] = [];
  isBroken = false;

  constructor(from: Socket, to: Socket, passage: () => Passage) {
    this.#to = to;
    this.#passage = passage;
    from.on('error', () => undefined);
    from.on('data', (bytes: Buffer) => this.#take(bytes));
    from.once('close', () => this.#take(end));
  }

  get holds(): boolean {
    return this.#held.length > 0;
  }

  deliver(): void {
    for (const each of this.#held.splice(0)) this.#give(each);
  }

  #take(sent: Buffer | typeof end): void {
    const passage = this.isBroken ? 'dropping' : this.#passage();
    if (passage === 'dropping') this.isBroken = true;
    else if (passage === 'holding') this.#held.push(sent);
    else this.#give(sent);
  }

  #give(sent: Buffer | typeof end): void {
    if (sent === end) this.#to.destroySoon();
    else if (this.#to.writable) this.#to.write(sent);
  }
}
