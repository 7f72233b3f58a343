import { PassThrough } from 'node:stream';
import type { Duplex } from 'node:stream';
import { LostAnswerError, LoyaltyApiError } from '../failures/errors.js';
import type { HttpAnswer } from '../failures/errors.js';
import { exchange } from './exchange.js';
import type { ExchangeLimits, ExchangeRequest } from './exchange.js';

/** Second argument of `connection.request`. jsforce reads `transport`, although its types do not say so. */
export interface RequestOptions {
  readonly transport: CallTransport;
  readonly timeout: number;
}

/** What jsforce expects a transport to return. */
type StreamPromise<T> = Promise<T> & { stream(): Duplex };

/**
 * The transport of one call, in place of jsforce's own, which can lose a promise or end the process when a connection
 * drops in the middle of an answer, and which covers only the headers with its timeout.
 *
 * It holds the body, so that the body never stands in the request object: `@salesforce/core` logs that object.
 *
 * jsforce sends again after every 401, without end. So the first 401 of a call goes back to jsforce, which then may get
 * a new token and send once more; every other failure is thrown from here, where status and headers are still known.
 */
export class CallTransport {
  readonly #body: string | undefined;
  readonly #limits: ExchangeLimits;
  #attempts = 0;
  #answer: HttpAnswer | undefined;

  constructor(body: string | undefined, limits: ExchangeLimits) {
    this.#body = body;
    this.#limits = limits;
  }

  /** The last answer, whatever its status; undefined when none came. */
  get answer(): HttpAnswer | undefined {
    return this.#answer;
  }

  httpRequest(request: ExchangeRequest): StreamPromise<HttpAnswer> {
    // jsforce pipes what nobody reads into this stream.
    return Object.assign(this.#send(request), { stream: () => new PassThrough() });
  }

  async #send({ method, url, headers }: ExchangeRequest): Promise<HttpAnswer> {
    this.#attempts += 1;
    this.#answer = undefined;
    const request = { method, url, headers, ...(this.#body !== undefined && { body: this.#body }) };
    this.#answer = await exchange(request, this.#limits);
    const { statusCode } = this.#answer;
    const mayRefresh = statusCode === 401 && this.#attempts === 1;
    if (statusCode >= 300 && !mayRefresh) throw new LoyaltyApiError(this.#answer);
    return this.#answer;
  }

  /** Turns what `connection.request` threw into an error of ours. */
  failure(error: unknown): Error {
    if (error instanceof LoyaltyApiError || error instanceof LostAnswerError) return error;
    const reason = error instanceof Error ? error.message : String(error);
    if (this.#attempts === 0) {
      return new LostAnswerError('notSent', `Nothing was sent: ${reason}`, false, { cause: error });
    }
    if (this.#answer?.statusCode === 401) return new LoyaltyApiError(this.#answer, { cause: error });
    return error instanceof Error ? error : new Error(reason);
  }
}
