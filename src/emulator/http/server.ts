import type { AddressInfo, Socket } from 'node:net';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { listenFailure } from '../../base/http/portErrors.js';
import { OrgRefusal } from '../orgRefusal.js';
import type { Dispatcher } from './dispatcher.js';
import { ArrivedBody, maxBodyBytes, maxCsvBytes, maxFormBytes } from './arrivedBody.js';
import { headersTooLarge } from './admitRequest.js';
import type { OrgResponse } from './orgEndpoint.js';
import { breakConnection } from './breakConnection.js';
import { unsupportedMediaType } from './mediaTypes.js';
import type { RequestOutcome } from './requestOutcome.js';
import { takesGzip, zipped } from './unzipBody.js';

/** One finished request, for a log line. */
export interface RequestEvent {
  readonly method: string;
  readonly url: string;
  /** 0 if a fault ended the connection without an answer. */
  readonly status: number;
  readonly milliseconds: number;
  /** Name of the fault that struck. */
  readonly fault?: string;
}

export interface ServerOptions {
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
}

/** Bytes of a head that are read. This is more than allowed, so the refusal can tell which part is too large. */
const maxHeadBytes = 128 * 1024;

/** Media types with a size limit of their own. */
const sizes: readonly (readonly [mediaType: string, bodyLimit: number])[] = [
  ['text/csv', maxCsvBytes],
  ['application/x-www-form-urlencoded', maxFormBytes],
];

/** No route has a JSON schema. Without these, the web server would load compilers of schemas when it starts. */
const noSchemas = { buildValidator: () => refuseSchema, buildSerializer: () => refuseSchema };

/** The org's HTTP/1.1 server, which listens on one address. The dispatcher handles the requests. */
export class OrgServer {
  readonly #app: FastifyInstance;

  readonly #dispatcher: Dispatcher;
  readonly #options: ServerOptions;

  constructor(dispatcher: Dispatcher, options: ServerOptions) {
    this.#dispatcher = dispatcher;
    this.#options = options;

    this.#app = fastify({
      bodyLimit: maxBodyBytes,
      http: { maxHeaderSize: maxHeadBytes },
      // As long as the platform allows for a request, so a request that arrives very slowly ends at some time.
      requestTimeout: 600_000,
      // Otherwise a test whose client keeps connections open would not end.
      forceCloseConnections: true,
      schemaController: { compilersFactory: noSchemas },
      clientErrorHandler: refuseOnSocket,
      frameworkErrors: (error, _request, reply) => {
        sendError(reply, error);
      },
    });
    this.#app.removeAllContentTypeParsers();
    this.#app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
    for (const [mediaType, bodyLimit] of sizes) {
      this.#app.addContentTypeParser(mediaType, { parseAs: 'buffer', bodyLimit }, (_request, bytes, done) =>
        done(null, bytes),
      );
    }
    this.#app.setErrorHandler((error, { headers }, reply) => sendError(reply, error, headers['content-type']));
    this.#app.all('*', (request, reply) => this.#answer(request, reply));
    // For methods that the web server has no routes for, the org answers which methods are allowed.
    this.#app.setNotFoundHandler((request, reply) => this.#answer(request, reply));
  }

  /**
   * @returns the org's URL, such as `http://127.0.0.1:8099`
   * @throws {PortInUseError} when another process listens on the port
   * @throws {PortRefusedError} when the user has no permission for the port
   */
  async listen(): Promise<string> {
    const { host, port } = this.#options;
    try {
      await this.#app.listen({ host, port });
    } catch (error) {
      throw listenFailure(error, host, port);
    }
    const address = this.#app.server.address() as AddressInfo;
    return `http://${reachable(address)}:${address.port}`;
  }

  /** Ends immediately. Open connections are closed. */
  async close(): Promise<void> {
    await this.#app.close();
  }

  /** @returns the reply, because fastify would otherwise treat a stream that has not started as a missing answer */
  async #answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const started = performance.now();
    const { method, url = '/', headers } = request.raw;
    const { response, loss, fault } = await this.#outcome(request);
    if (loss) breakConnection(reply, response, loss);
    else await sendAsAsked(reply, response, headers['accept-encoding']);
    const milliseconds = performance.now() - started;
    const event = { method: method ?? 'GET', url, status: response.status, milliseconds };
    this.#options.onRequest?.(fault === undefined ? event : { ...event, fault });
    return reply;
  }

  #outcome({ raw, body }: FastifyRequest): Promise<RequestOutcome> {
    const { method = 'GET', url = '/', headers, rawHeaders } = raw;
    const bytes = (body as Buffer | undefined) ?? Buffer.alloc(0);
    return this.#dispatcher.dispatch({ method, url, headers, rawHeaders, body: new ArrivedBody(bytes, headers) });
  }
}

/** Sends the answer, compressed if the client accepts it, as the platform does. */
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

/** Answers requests that the web server refuses before they reach an endpoint, such as a body that is too large. */
function sendError(reply: FastifyReply, error: unknown, contentType?: string): void {
  send(reply, toResponse(error instanceof OrgRefusal ? error : toRefusal(error, contentType)));
}

function toResponse(refusal: OrgRefusal): OrgResponse {
  return { status: refusal.status, body: refusal.toBody() };
}

function toRefusal(error: unknown, contentType = ''): OrgRefusal {
  const { statusCode = 500, message = '' } = error as { statusCode?: number; message?: string };
  if (statusCode === 415) return unsupportedMediaType(contentType);
  return new OrgRefusal(statusCode, statusCode === 413 ? 'REQUEST_ENTITY_TOO_LARGE' : 'BAD_REQUEST', message);
}

const socketRefusals = new Map<string | undefined, readonly [reason: string, refusal: OrgRefusal]>([
  ['HPE_HEADER_OVERFLOW', ['Request Header Fields Too Large', headersTooLarge]],
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    ['Request Timeout', new OrgRefusal(408, 'BAD_REQUEST', 'The request did not arrive in time')],
  ],
]);
const noHttp = new OrgRefusal(400, 'BAD_REQUEST', 'The request is not HTTP');

/** Rejects malformed HTTP, addresses and headers that are too large to be read, and requests that never finish. */

function refuseSchema(): never {
  throw new TypeError('The routes of a local org have no JSON schemas');
}

function refuseOnSocket(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return;
  const [reason, refusal] = socketRefusals.get(error.code) ?? ['Bad Request', noHttp];
  const body = JSON.stringify(refusal.toBody());
  const head = [
    `HTTP/1.1 ${refusal.status} ${reason}`,
    'connection: close',
    'content-type: application/json;charset=UTF-8',
  ];
  socket.end([...head, `content-length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'));
}

/** Returns an address that a client can use. Listening on all addresses is reported as 127.0.0.1. */
function reachable({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return '127.0.0.1';
  return family === 'IPv6' ? `[${address}]` : address;
}
