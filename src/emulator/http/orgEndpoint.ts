import type { RequestBody } from './requestBody.js';

export type Method = 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';

/** The caller: the user that the bearer token belongs to. */
export interface Session {
  readonly userId: string;
  readonly token: string;
}

/** A request for an endpoint. It came from the socket or as part of a composite request, which makes no difference. */
export interface OrgRequest {
  readonly method: Method;
  /** Path without doubled slashes and without the query string. */
  readonly path: string;
  /** Decoded values of the `:name` segments of the endpoint's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: RequestBody;
  /** `66` for `v66.0`; 0 outside `/services/data/vNN.0`. */
  readonly version: number;
  /** The origin that the caller used, such as `http://127.0.0.1:8099`. */
  readonly origin: string;
  /** @throws {OrgRefusal} 401 when the endpoint needs no token and the caller gave no valid one */
  readonly session: Session;
  /**
   * Serves a request within this one, with the same caller and endpoints. It is synchronous, so the parts of a
   * composite request can share a transaction. It never throws; a refusal is returned as an answer.
   */
  serve(part: RequestPart): OrgResponse;
}

/** One part of a composite request. It has the caller and the host of the whole request. */
export interface RequestPart {
  readonly method: string;
  /** Path and query string, undecoded. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: RequestBody;
}

export interface OrgResponse {
  readonly status: number;
  /** Sent as JSON, or unchanged (text or bytes) if `headers` has a content type. Absent if there is no body. */
  readonly body?: unknown;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Number of API calls that the request counts as. Default: one. */
  readonly calls?: number;
}

/**
 * One resource and method of the org. The top of `emulator.ts` describes how a room adds endpoints.
 *
 * Below `/services/data/vNN.0`, a call needs a token and counts against the org's limit. Other paths need no token, and
 * an endpoint that needs to know the caller reads `request.session`.
 */
export interface Endpoint {
  readonly method: Method;
  /** `/services/data/:version/sobjects/:object/:id`. A fixed segment takes precedence over a `:name`. */
  readonly path: string;
  /** First API version with the resource. In older versions it does not exist. */
  readonly since?: number;
  /** Media types that the endpoint accepts. Default: JSON. */
  readonly takes?: readonly string[];
  /** Whether the list of resources leaves it out, because the rest of its API is not there. */
  readonly unlisted?: boolean;
  readonly handle: (request: OrgRequest) => OrgResponse | Promise<OrgResponse>;
}

export function ok(body: unknown): OrgResponse {
  return { status: 200, body };
}
