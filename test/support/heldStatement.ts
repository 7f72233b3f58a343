import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** What a connection was to send on. */
interface Kept {
  readonly to: Socket;
  readonly chunks: Buffer[];
}

/**
 * A way to a database on which the first connection that sends a certain statement is held up from then on, as by a network
 * that loses packets for a while. Everything that it has sent arrives when it is released. Or
 * it arrives, and only its answer is lost.
 */
export class HeldStatement implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #kept: Kept | undefined;

  private constructor(
    readonly address: string,
    readonly statement: string,
    readonly isAnswered: boolean,
  ) {
    const { port } = new URL(address);
    this.#server = createServer((from) => this.#pass(from, connect(Number(port), '127.0.0.1')));
  }

  /** @param isAnswered false if the statement arrives, and its answer is lost */
  static async open(address: string, statement: string, isAnswered = true): Promise<HeldStatement> {
    const held = new HeldStatement(address, statement, isAnswered);
    held.#server.listen(0, '127.0.0.1');
    await once(held.#server, 'listening');
    return held;
  }

  /** The address of the database on this way. */
  get url(): string {
    const url = new URL(this.address);
    url.port = `${(this.#server.address() as AddressInfo).port}`;
    return url.href;
  }

  get isHeld(): boolean {
    return this.#kept !== undefined;
  }

  release(): void {
    for (const chunk of this.#kept?.chunks ?? []) this.#kept?.to.write(chunk);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(from: Socket, to: Socket): void {
    let own: Kept | undefined;
    for (const socket of [from, to]) this.#sockets.add(socket.on('error', () => undefined));
    to.on('data', (data) => {
      if (from.writable && (this.isAnswered || !own)) from.write(data);
    });
    from.on('data', (data) => {
      if (!this.#kept && data.includes(this.statement)) this.#kept = own = { to, chunks: [] };
      if (own && this.isAnswered) own.chunks.push(data);
      else to.write(data);
    });
    // Whoever has given up a statement has not taken it back.
    from.on('close', () => own ?? to.destroy());
    to.on('close', () => from.destroy());
  }
}
