import type { AddressInfo, Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ApiError } from '../apiError.js';
import type { Dispatcher } from './dispatcher.js';
import type { OrgResponse } from './endpoint.js';
import { isLocalHost } from './hosts.js';
import { lose } from './lose.js';
import type { Outcome } from './outcome.js';
import { RequestBody } from './requestBody.js';
import { takesGzip, unzipped, zipped } from './zip.js';

/** One finished request, for a log line. */
export interface RequestEvent {
  readonly method: string;
  readonly url: string;
  /** 0 when the connection ended without an answer, on purpose. */
  readonly status: number;
  readonly milliseconds: number;
  /** Name of the fault that struck. */
  readonly fault?: string;
}

export interface ServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Further names that it is called by. */
  readonly hostNames?: readonly string[] | undefined;
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
}

/** Bodies of 50 MB are the largest that the platform's JSON resources are known to take. */
const maxBodyBytes = 50 * 1024 * 1024;
/** The data of a bulk job, as the platform counts it: 100 MB of CSV, which are 150 MB in base64. */
const maxCsvBytes = 150 * 1024 * 1024;

/** The org's front door: HTTP/1.1 on one address. What a request means is the dispatcher's business. */
export class OrgServer {
  readonly #app: FastifyInstance;
  readonly #names: readonly string[];

  public constructor(
    private readonly dispatcher: Dispatcher,
    private readonly options: ServerOptions,
  ) {
    this.#names = [options.host, ...(options.hostNames ?? [])];
    this.#app = fastify({
      bodyLimit: maxBodyBytes,
      // As long as the platform works on a request: one that trickles in must not be held for ever.
      requestTimeout: 600_000,
      // A test must end although its client keeps connections open.
      forceCloseConnections: true,
      clientErrorHandler: refuseOnSocket,
      frameworkErrors: (error, _request, reply) => {
        sendError(reply, error);
      },
    });
    this.#app.removeAllContentTypeParsers();
    this.#app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
    this.#app.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: maxCsvBytes }, (_request, bytes, done) =>
      done(null, bytes),
    );
    this.#app.setErrorHandler((error, _request, reply) => sendError(reply, error));
    this.#app.all('*', (request, reply) => this.#answer(request, reply));
    // Methods that the web server has no routes for: the org says which ones it takes.
    this.#app.setNotFoundHandler((request, reply) => this.#answer(request, reply));
  }

  /** @returns `http://127.0.0.1:8099`; @throws PortInUseError, PortRefusedError */
  public async listen(): Promise<string> {
    const { host, port } = this.options;
    try {
      await this.#app.listen({ host, port });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE') throw new PortInUseError(host, port);
      if (code === 'EACCES') throw new PortRefusedError(host, port);
      throw error;
    }
    const address = this.#app.server.address() as AddressInfo;
    return `http://${reachable(address)}:${address.port}`;
  }

  /** Ends at once: connections that are open are cut. */
  public async close(): Promise<void> {
    await this.#app.close();
  }

  /** @returns the reply: without it fastify would take a stream that has not begun for no answer */
  async #answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const started = performance.now();
    const { method, url = '/', headers } = request.raw;
    const { response, loss, fault } = isLocalHost(headers.host, this.#names)
      ? await this.dispatcher.dispatch({ method: method ?? 'GET', url, headers, body: bodyOf(request) })
      : elsewhere;
    if (loss) lose(reply, response, loss);
    else await sendAsAsked(reply, response, headers['accept-encoding']);
    const milliseconds = performance.now() - started;
    const event = { method: method ?? 'GET', url, status: response.status, milliseconds };
    this.options.onRequest?.(fault === undefined ? event : { ...event, fault });
    return reply;
  }
}

const elsewhere: Outcome = {
  endpoint: undefined,
  response: {
    status: 421,
    body: new ApiError(
      421,
      'BAD_REQUEST',
      'A local org answers to addresses, to localhost, and to names that no public DNS has: see docs/emulator.md, Security',
    ).toBody(),
  },
};

export class PortInUseError extends Error {
  public override readonly name = 'PortInUseError';

  public constructor(host: string, port: number) {
    super(`Port ${port} on ${host} is in use: choose another port, or 0 for any free one.`);
  }
}

export class PortRefusedError extends Error {
  public override readonly name = 'PortRefusedError';

  public constructor(host: string, port: number) {
    super(`You may not listen on port ${port} of ${host}: choose one above 1023, or 0 for any free one.`);
  }
}

/** Zipped for a client that takes it, as the platform does. */
async function sendAsAsked(
  reply: FastifyReply,
  response: OrgResponse,
  acceptEncoding?: string | string[],
): Promise<void> {
  if (response.body === undefined || !takesGzip(acceptEncoding)) {
    send(reply, response);
    return;
  }
  const { status, body, headers = {} } = response;
  const isRaw = 'content-type' in headers;
  const text = isRaw ? body : JSON.stringify(body);
  const bytes = await zipped(text);
  const type = isRaw ? {} : jsonType;
  const coding = bytes && { 'content-encoding': 'gzip', vary: 'accept-encoding' };
  send(reply, { status, body: bytes ?? text, headers: { ...headers, ...type, ...coding } });
}

const jsonType = { 'content-type': 'application/json;charset=UTF-8' };

function send(reply: FastifyReply, { status, body, headers = {} }: OrgResponse): void {
  reply.code(status).headers(headers);
  if (body === undefined) reply.send();
  else if ('content-type' in headers) reply.send(body);
  else reply.headers(jsonType).send(JSON.stringify(body));
}

function bodyOf({ body, headers }: FastifyRequest): RequestBody {
  const bytes = body as Buffer | undefined;
  const isCsv = headers['content-type']?.startsWith('text/csv') ?? false;
  return new RequestBody(bytes && unzipped(bytes, headers['content-encoding'], isCsv ? maxCsvBytes : maxBodyBytes));
}

/** What the web server refuses before an endpoint is reached: a body that is too large, an address that is none. */
function sendError(reply: FastifyReply, error: unknown): void {
  const refusal = error instanceof ApiError ? error : toRefusal(error);
  send(reply, { status: refusal.status, body: refusal.toBody() });
}

const refusalCodes = new Map([
  [413, 'REQUEST_ENTITY_TOO_LARGE'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
]);

function toRefusal(error: unknown): ApiError {
  const { statusCode = 500, message = '' } = error as { statusCode?: number; message?: string };
  return new ApiError(statusCode, refusalCodes.get(statusCode) ?? 'BAD_REQUEST', message);
}

const socketRefusals = new Map<string | undefined, readonly [status: number, reason: string, message: string]>([
  ['HPE_HEADER_OVERFLOW', [431, 'Request Header Fields Too Large', 'The address and the headers are too large']],
  ['ERR_HTTP_REQUEST_TIMEOUT', [408, 'Request Timeout', 'The request did not arrive in time']],
]);

/** What is no HTTP, addresses and headers of more than 16 KB together, and what never comes to its end. */
function refuseOnSocket(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return;
  const known = socketRefusals.get(error.code);
  const [status, reason, message] = known ?? [400, 'Bad Request', 'The request is not HTTP'];
  const body = JSON.stringify(new ApiError(status, 'BAD_REQUEST', message).toBody());
  const head = [`HTTP/1.1 ${status} ${reason}`, 'connection: close', 'content-type: application/json;charset=UTF-8'];
  socket.end([...head, `content-length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'));
}

/** An address that a client can use: "every address" is not one. */
function reachable({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return '127.0.0.1';
  return family === 'IPv6' ? `[${address}]` : address;
}
