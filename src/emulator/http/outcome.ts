import type { Endpoint, OrgResponse } from './endpoint.js';
import type { OrgCall } from './orgCall.js';

/**
 * How an answer fails to arrive.
 *
 * - `close`: the connection ends without an answer.
 * - `reset`: the same, by a TCP reset.
 * - `hang`: nothing comes, until the client gives up or the org ends.
 * - `drop`: the connection ends after this share of the body (0 to 1).
 */
export type Loss = { readonly kind: 'close' | 'hang' | 'reset' } | { readonly kind: 'drop'; readonly share: number };

/** What became of one request. */
export interface Outcome {
  readonly response: OrgResponse;
  /** Absent when the request met none. */
  readonly endpoint: Endpoint | undefined;
  /** The answer does not arrive as it is. */
  readonly loss?: Loss;
  /** Answered by something in front of the org, which knows nothing of limits. */
  readonly isForeign?: boolean;
  /** Name of the fault that struck, for a log. */
  readonly fault?: string | undefined;
}

/** Does what a request asks for. Never rejects, but with an `Interruption`. */
export type Serve = (call: OrgCall) => Promise<Outcome>;

/** Stands between a request and its work: time, locks, limits, faults. */
export interface Interception {
  /** Nothing can happen to this request: it may be served as it is. */
  readonly isQuiet: boolean;
  /** Serves the request, or not. @throws ApiError for what the org refuses */
  intercept(call: OrgCall, serve: Serve): Promise<Outcome>;
}
