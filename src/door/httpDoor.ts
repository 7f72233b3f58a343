import fastify from 'fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { gateFor } from './doorGate.js';
import { checkDoorOptions, doorDefaults } from './doorOptions.js';
import type { DoorOptions } from './doorOptions.js';
import { DoorRefusal } from './doorRefusal.js';
import { addHealth, addRoutes, refuseUnknown } from './doorRoutes.js';
import type { DoorState } from './doorRoutes.js';
import { listenAt } from './listenAt.js';
import { refusalOf } from './pushAnswer.js';
import { internalError } from './pushRequest.js';
import { refuseSocket } from './socketRefusal.js';

/** Most bytes of the address and the headers of a request. */
const headerLimit = 16 * 1024;
/** Most characters of a key in a path, as they arrive. */
const keyLimit = 4096;

/**
 * An HTTP door in front of a service: `docs/sync-serve.md` describes it.
 *
 * ```ts
 * await using service = await SyncService.open({ client, program, outbox, source: 'till' });
 * await using door = await HttpDoor.open({ service, port: 8367 });
 * ```
 */
export class HttpDoor implements AsyncDisposable {
  readonly #app: FastifyInstance;
  readonly #options: DoorOptions;
  #isClosing = false;
  #url = '';

  private constructor(options: DoorOptions) {
    this.#options = options;
    const { bodyLimit = doorDefaults.bodyLimit, requestTimeout = doorDefaults.requestTimeout } = options;
    this.#app = fastify({
      bodyLimit,
      requestTimeout,
      http: {
        maxHeaderSize: headerLimit,
        // Old clients send none, and browsers, against which the gate checks it, always do.
        requireHostHeader: false,
        ...{ requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval: requestTimeout / 4 },
      },
      routerOptions: { maxParamLength: keyLimit },
      // A request that comes while the door closes gets an error of the same shape as all others.
      return503OnClosing: false,
      clientErrorHandler: refuseSocket,
      frameworkErrors: (error, _request, reply) => void this.#refuse(error, reply),
    });
    this.#serve();
  }

  /**
   * @throws {DoorOptionsError} for an address that others reach without a token or a secret, and for short secrets
   * @throws {PortInUseError} when another process listens on the port
   * @throws {PortRefusedError} when the user has no permission for the port
   * @throws {AddressMissingError} when this machine does not have the address
   */
  static async open(options: DoorOptions): Promise<HttpDoor> {
    checkDoorOptions(options);
    const door = new HttpDoor(options);
    await door.#listen();
    return door;
  }

  /** Such as `http://127.0.0.1:8367`. */
  get url(): string {
    return this.#url;
  }

  /**
   * Takes no more connections, and resolves when the requests in progress are answered, or when their time is over.
   * Does not drain the service.
   */
  async close(): Promise<void> {
    this.#isClosing = true;
    const { grace = doorDefaults.grace } = this.#options;
    const late = setTimeout(() => this.#app.server.closeAllConnections(), grace);
    await this.#app.close();
    clearTimeout(late);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #serve(): void {
    const app = this.#app;
    const state = this.#state();
    app.removeAllContentTypeParsers();
    // As bytes, because these are what is signed.
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
    app.addHook('onSend', async (_request, reply) => {
      if (this.#isClosing) reply.header('connection', 'close');
    });
    app.addHook('onResponse', async (request, reply) => {
      const path = request.is404 ? '*' : (request.routeOptions.url ?? '*').replace(/:(\w+)/, '{$1}');
      const { statusCode: status, elapsedTime: milliseconds } = reply;
      this.#options.onAnswer?.({ method: request.method, path, status, milliseconds });
    });
    app.setErrorHandler((error, _request, reply) => this.#refuse(error, reply));
    app.setNotFoundHandler(refuseUnknown);
    addHealth(app, state);
    void app.register(async (scope) => addRoutes(scope, state));
  }

  #state(): DoorState {
    const { service, access, clock, mostTransactions = doorDefaults.mostTransactions } = this.#options;
    return {
      ...{ service, mostTransactions, gate: gateFor(access, clock) },
      isClosing: () => this.#isClosing,
      onError: (error) => this.#options.onError?.(error),
    };
  }

  async #listen(): Promise<void> {
    const { host = doorDefaults.host, port = doorDefaults.port } = this.#options;
    this.#url = await listenAt(this.#app, host, port);
  }

  #refuse(error: unknown, reply: FastifyReply): FastifyReply {
    const refusal = refusalOf(error) ?? this.#ofFramework(error);
    if (refusal) {
      const { status, headers, code, message } = refusal;
      return reply.code(status).headers(headers).send({ error: { code, message } });
    }
    this.#options.onError?.(error instanceof Error ? error : new Error(String(error)));
    return reply.code(500).send({ error: internalError });
  }

  /** What fastify refuses before it asks us. */
  #ofFramework(error: unknown): DoorRefusal | undefined {
    const { statusCode = 500, code, message } = error as { statusCode?: number; code?: string; message: string };
    if (statusCode === 413) {
      const { bodyLimit = doorDefaults.bodyLimit } = this.#options;
      return new DoorRefusal(
        413,
        'BODY_TOO_LARGE',
        `The body has more than ${bodyLimit} bytes: send several requests.`,
      );
    }
    if (statusCode === 415) return new DoorRefusal(415, 'NOT_JSON', 'Send JSON, with Content-Type: application/json.');
    if (code === 'FST_ERR_BAD_URL') {
      return new DoorRefusal(400, 'BAD_URL', 'The path is not URL-encoded: write %25 for a percent sign in a key.');
    }
    return statusCode < 500 ? new DoorRefusal(statusCode, 'BAD_REQUEST', message) : undefined;
  }
}
