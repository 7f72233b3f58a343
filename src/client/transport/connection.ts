import type { HttpAnswer } from '../failures/httpAnswer.js';
import type { ExchangeRequest } from './exchange.js';

/**
 * What we need of a connection of a library. Those of `@salesforce/core`, `@jsforce/jsforce-node` and `jsforce` have it
 * already. If you have none of them, pass an {@link HttpConnection} to the client.
 *
 * The connection keeps the session: it adds the bearer token to `headers` and, if it can, gets a new one after a 401.
 */
export interface LoyaltyConnection {
  /** `https://<my domain>`, with or without a slash at the end. */
  readonly instanceUrl: string;
  /** API version such as `66.0`. */
  readonly version: string;
  /**
   * Resolves to the parsed body of the answer.
   *
   * `options` is `{ transport, timeout }`. The connection must send by `options.transport.httpRequest`, as jsforce does,
   * because the transport has the body. The type is wide because the three libraries disagree about it.
   */
  request(request: ConnectionRequest, options?: object): PromiseLike<unknown>;
}

/** A connection without a library: your own HTTP code, or a fake in a unit test. */
export interface HttpConnection {
  /** `https://<my domain>`, with or without a slash at the end. */
  readonly instanceUrl: string;
  /** API version such as `66.0`. */
  readonly version: string;
  /**
   * Adds the bearer token and sends the request once, without following redirects. Returns the answer, whatever its
   * status, with header names in lower case. What it throws counts as a lost answer: the org may have carried the
   * request out.
   */
  exchange(request: HttpRequest): Promise<HttpAnswer>;
}

/** A whole request, with its body as it is sent. */
export type HttpRequest = ExchangeRequest;

export interface ConnectionRequest {
  method: HttpMethod;
  url: string;
  headers?: Record<string, string>;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
