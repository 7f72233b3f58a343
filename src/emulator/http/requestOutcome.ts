import type { Endpoint, OrgResponse } from './orgEndpoint.js';
import type { OrgCall } from './orgCall.js';

/**
 * Why an answer does not arrive.
 *
 * - `close`: the connection ends without an answer.
 * - `reset`: the connection ends without an answer, with a TCP reset.
 * - `hang`: nothing is sent until the client gives up or the org ends.
 * - `drop`: the connection ends after this share of the body (0 to 1).
 */
export type Loss = { readonly kind: 'close' | 'hang' | 'reset' } | { readonly kind: 'drop'; readonly share: number };

/** The result of one request. */
export interface RequestOutcome {
  readonly response: OrgResponse;
  /** Undefined if the request reached no endpoint. */
  readonly endpoint: Endpoint | undefined;
  /** Set if the answer does not arrive completely. */
  readonly loss?: Loss;
  /** Whether something in front of the org answered, without the header for API usage. */
  readonly isForeign?: boolean;
  /** Name of the fault that struck, for logs. */
  readonly fault?: string | undefined;
}

/** Does the work of a request. Rejects only with an `Interruption`. */
export type Serve = (call: OrgCall) => Promise<RequestOutcome>;

/** Decides what happens between a request and its work: delays, locks, limits and faults. */
export interface Interception {
  /** Whether requests can be served directly, because nothing can happen to them. */
  readonly isQuiet: boolean;
  /** Serves the request, unless a limit or a fault prevents it. */
  intercept(call: OrgCall, serve: Serve): Promise<RequestOutcome>;
}
