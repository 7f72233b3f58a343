import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Target } from './cli.js';

export interface Call {
  readonly method: string;
  readonly url: string;
  /** True if the call contains transaction journals. */
  readonly isJournals: boolean;
}

/** An answer that replaces the org's. */
export interface OtherAnswer {
  readonly status: number;
  readonly errorCode: string;
  readonly message?: string;
}

/** An answer that no org gives, byte for byte. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/**
 * Both are awaited. If one returns `cut`, the connection ends; any other value that it returns is sent as the answer.
 */
export interface RelayHooks {
  /** Called before the org sees a call. */
  readonly before?: (call: Call) => unknown;
  /** Called after the org has answered, before the caller receives the answer. */
  readonly after?: (call: Call) => unknown;
  /** What the caller gets in place of the text of the org's answer. */
  readonly changed?: (text: string, call: Call) => string;
}

/** A relay in front of a local org, through which a test can watch, delay, cut off or kill. */
export class Relay implements Target, AsyncDisposable {
  readonly #server: Server;

  readonly #org: Target;
  readonly #hooks: RelayHooks;

  private constructor(org: Target, hooks: RelayHooks) {
    this.#org = org;
    this.#hooks = hooks;

    this.#server = createServer((request, response) => {
      // A caller that is killed in the middle of a call is a purpose of this relay.
      this.#pass(request, response).catch(() => response.destroy());
    });
  }

  static async open(org: Target, hooks: RelayHooks): Promise<Relay> {
    const relay = new Relay(org, hooks);
    relay.#server.listen(0, '127.0.0.1');
    await once(relay.#server, 'listening');
    return relay;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get accessToken(): string {
    return this.#org.accessToken;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const body = await buffer(request);
    const call = { method, url, isJournals: method === 'POST' && url.includes('/connect/realtime/') };
    const instead = await this.#hooks.before?.(call);
    if (instead === 'cut') return void response.destroy();
    if (isRaw(instead)) return void response.writeHead(instead.status, instead.headers).end(instead.body);
    if (isAnswer(instead)) {
      refuse(response, instead);
      return;
    }
    const { host: _host, connection: _connection, 'content-length': _length, ...sent } = headers;
    const answer = await fetch(new URL(url, this.#org.url), {
      method,
      headers: sent as Record<string, string>,
      ...(body.length > 0 && { body }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const { changed } = this.#hooks;
    const content = changed ? Buffer.from(changed(bytes.toString(), call)) : bytes;
    if ((await this.#hooks.after?.(call)) === 'cut') return void response.destroy();
    // `fetch` has joined the chunks and decompressed them.
    const {
      'transfer-encoding': _encoding,
      'content-encoding': _coding,
      connection: _keepAlive,
      ...told
    } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, { ...told, 'content-length': content.length }).end(content);
  }
}

function isRaw(value: unknown): value is RawAnswer {
  return typeof value === 'object' && value !== null && 'headers' in value;
}

function isAnswer(value: unknown): value is OtherAnswer {
  return typeof value === 'object' && value !== null && 'errorCode' in value;
}

function refuse(response: ServerResponse, { status, errorCode, message = 'The relay says so.' }: OtherAnswer): void {
  const body = Buffer.from(JSON.stringify([{ errorCode, message }]));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
}
