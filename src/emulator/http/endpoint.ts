import type { RequestBody } from './requestBody.js';

export type Method = 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';

/** Who calls: the user behind the bearer token. */
export interface Session {
  readonly userId: string;
  readonly token: string;
}

/** A request as an endpoint sees it: whether it came by the socket or inside a composite one makes no difference. */
export interface OrgRequest {
  readonly method: Method;
  /** Without doubled slashes and without the query string. */
  readonly path: string;
  /** Decoded values of the `:name` segments of the endpoint's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: RequestBody;
  /** `66` for `v66.0`; 0 outside `/services/data/vNN.0`. */
  readonly version: number;
  /** `http://127.0.0.1:8099`, as the caller reached us. */
  readonly origin: string;
  /** @throws ApiError 401 where the endpoint is open to everyone and the caller gave no token */
  readonly session: Session;
  /**
   * A request inside this one: the same caller, the same endpoints. It is answered before this returns, so that the
   * parts of a composite request may share a transaction. It never throws: a refusal is an answer.
   */
  serve(part: RequestPart): OrgResponse;
}

/** What a composite request says about one of its parts; the caller and the host are its own. */
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
  /** Sent as JSON, or as it is (text or bytes) when `headers` names a content type. Absent: no body. */
  readonly body?: unknown;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** API calls that the request counts as. Default: one. */
  readonly calls?: number;
}

/**
 * One resource and method of the org. How a room adds one stands at the top of `emulator.ts`.
 *
 * Below `/services/data/vNN.0` a call needs a token and counts against the org's limit. Elsewhere it is open to
 * everyone, and an endpoint that wants to know the caller asks for `request.session`.
 */
export interface Endpoint {
  readonly method: Method;
  /** `/services/data/:version/sobjects/:object/:id`. A fixed segment wins over a `:name`. */
  readonly path: string;
  /** First API version that has the resource; to an older one it does not exist. */
  readonly since?: number;
  /** Media types of the bodies that it reads. Default: JSON. */
  readonly takes?: readonly string[];
  readonly handle: (request: OrgRequest) => OrgResponse | Promise<OrgResponse>;
}

export function ok(body: unknown): OrgResponse {
  return { status: 200, body };
}
