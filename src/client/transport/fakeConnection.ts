import { parseJson } from '../json.js';
import { newestApiVersion } from './apiVersionRange.js';
import type { HttpConnection, HttpMethod, HttpRequest } from './connection.js';

/** A request as a fake org sees it. */
export interface FakeRequest {
  readonly method: HttpMethod;
  /** Below `/services/data/vNN.0`, decoded and without the query: `/loyalty-programs/Inner Circle/members`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The parsed body. Undefined if there is none. */
  readonly body: unknown;
}

/** What a fake org answers. Default: status 200, and no body. */
export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Is sent as JSON. */
  readonly body?: unknown;
}

/** A connection for unit tests. Its requests reach no network. */
export interface FakeConnection extends HttpConnection {
  /** Every request so far. */
  readonly requests: readonly FakeRequest[];
}

/**
 * Makes a connection whose answers come from `answer`. If `answer` throws, the client reports a lost answer.
 *
 * ```ts
 * const connection = fakeConnection(({ path }) =>
 *   path.endsWith('/members') ? { body: profile } : { status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'No.' }] },
 * );
 * const client = new LoyaltyClient(connection);
 * ```
 */
export function fakeConnection(answer: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>): FakeConnection {
  const requests: FakeRequest[] = [];
  return {
    instanceUrl: 'https://fake.invalid',
    version: newestApiVersion.toFixed(1),
    requests,
    exchange: async (whole) => {
      const request = fakeRequest(whole);
      requests.push(request);
      const { status = 200, headers = {}, body } = await answer(request);
      return { statusCode: status, headers, body: body === undefined ? '' : JSON.stringify(body) };
    },
  };
}

function fakeRequest({ method, url, body }: HttpRequest): FakeRequest {
  const { pathname, searchParams } = new URL(url);
  return {
    method: method as HttpMethod,
    path: decodeURIComponent(pathname).replace(/^\/services\/data\/v\d+\.\d+/, ''),
    query: Object.fromEntries(searchParams),
    body: body === undefined ? undefined : parseJson(body),
  };
}
