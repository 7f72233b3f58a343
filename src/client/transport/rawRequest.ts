import { LoyaltyApiError } from '../failures/callErrors.js';
import type { HttpAnswer } from '../failures/httpAnswer.js';
import type { HttpMethod, LoyaltyConnection } from './connection.js';
import { exchange } from './exchange.js';
import type { ExchangeRequest } from './exchange.js';
import { CallTransport } from './transport.js';

/** A request that is sent unchanged, for questions about the org itself. */
export interface RawRequest {
  readonly method: HttpMethod;
  /** A whole path that begins with `/services/`, already percent-encoded. */
  readonly path: string;
  /** Names are in lower case. Headers that connections add (`content-type`) are sent only if they are named here. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Sends no token. */
  readonly anonymous?: boolean;
}

const timeout = 120_000;

/**
 * Sends one request once, and returns the answer whatever its status.
 *
 * @throws {LostAnswerError} when no complete answer came
 */
export async function rawRequest(connection: LoyaltyConnection, request: RawRequest): Promise<HttpAnswer> {
  const { method, path, headers = {}, body, anonymous = false } = request;
  const url = connection.instanceUrl.replace(/\/+$/, '') + path;
  const own = { accept: 'application/json', ...headers };
  if (anonymous) return exchange({ method, url, headers: own, ...(body !== undefined && { body }) }, { timeout });
  const call = new CallTransport(body, { timeout, isRead: method === 'GET' });
  const transport = { httpRequest: (sent: ExchangeRequest) => call.httpRequest(withOnly(own, sent)) };
  try {
    await connection.request({ method, url, headers: own }, { transport, timeout });
  } catch (error) {
    const failure = call.failure(error);
    // jsforce may fail to parse the body, but the answer has arrived nevertheless.
    if (!call.answer || (call.answer.statusCode === 401 && !(failure instanceof LoyaltyApiError))) throw failure;
  }
  if (!call.answer) throw new TypeError('This connection does not use the transport that it is given.');
  return call.answer;
}

/** Keeps the token and the named headers, and drops those that the connection adds. */
function withOnly(own: Record<string, string>, { headers = {}, ...sent }: ExchangeRequest): ExchangeRequest {
  const token = Object.entries(headers).filter(([name]) => name.toLowerCase() === 'authorization');
  return { ...sent, headers: { ...own, ...Object.fromEntries(token) } };
}
