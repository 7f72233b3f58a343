/**
 * What we need of a connection. Those of `@salesforce/core`, `@jsforce/jsforce-node` and `jsforce` have it already.
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
   * The type of `options` is wide because the three libraries disagree about it. We pass {@link RequestOptions}.
   */
  request(request: ConnectionRequest, options?: object): PromiseLike<unknown>;
}

export interface ConnectionRequest {
  method: HttpMethod;
  url: string;
  headers?: Record<string, string>;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
