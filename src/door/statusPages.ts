import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { listenAt } from './listenAt.js';

export interface StatusPagesOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** What `/ready` answers: 200 if it is, 503 otherwise. */
  readonly ready: () => { readonly isReady: boolean; readonly body: object };
  /** The text of `/metrics`, as Prometheus reads it. */
  readonly metrics: () => Promise<string>;
}

const paths = ['/health', '/ready', '/metrics'];

/**
 * What a process supervisor and a monitor ask of a process that takes nothing over HTTP. The pages tell nothing about
 * members and transactions, so everybody who reaches them may read them.
 */
export class StatusPages implements AsyncDisposable {
  readonly #app: FastifyInstance;

  private constructor(
    app: FastifyInstance,
    /** Such as `http://127.0.0.1:9464`. */
    readonly url: string,
  ) {
    this.#app = app;
  }

  /** @throws {Error} as {@link listenAt} */
  static async open({ host, port, ready, metrics }: StatusPagesOptions): Promise<StatusPages> {
    const app = fastify({ forceCloseConnections: true });
    app.get('/health', () => ({ status: 'alive' }));
    app.get('/ready', (_request, reply) => {
      const { isReady, body } = ready();
      return reply.code(isReady ? 200 : 503).send(body);
    });
    app.get('/metrics', async (_request, reply) => reply.type('text/plain; version=0.0.4').send(await metrics()));
    app.setNotFoundHandler((_request, reply) =>
      reply.code(404).send({ error: { code: 'NOT_FOUND', message: `There is GET ${paths.join(', ')}.` } }),
    );
    return new StatusPages(app, await listenAt(app, host, port));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app.close();
  }
}
