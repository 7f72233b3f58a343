import { LoyaltyApiError } from '../failures/callErrors.js';
import type { HttpAnswer } from '../failures/httpAnswer.js';
import type { HttpConnection, LoyaltyConnection } from './connection.js';
import { CallTransport } from './transport.js';

/** A POST of JSON that another process has made, and that this one sends. */
export interface PreparedRequest {
  /** A whole path that begins with `/services/`, already percent-encoded. */
  readonly path: string;
  readonly body: string;
}

export interface PreparedLimits {
  /** Milliseconds from `began`, after which nothing is sent any more, and no answer is waited for. */
  readonly timeout: number;
  /** By `systemClock.monotonic()`. */
  readonly began: number;
}

/**
 * Sends a request that was prepared elsewhere, and returns the answer whatever its status. If the session has ended, it
 * logs in, if it can, and sends it once more.
 *
 * @throws {LostAnswerError} when no complete answer came
 * @throws {TypeError} for a connection that does not use the transport that it is given
 */
export async function sendPrepared(
  connection: LoyaltyConnection | HttpConnection,
  { path, body }: PreparedRequest,
  limits: PreparedLimits,
): Promise<HttpAnswer> {
  const transport = new CallTransport(body, { ...limits, isRead: false });
  const url = connection.instanceUrl.replace(/\/+$/, '') + path;
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  try {
    if ('exchange' in connection) await transport.sendThrough(connection, { method: 'POST', url, headers });
    else await connection.request({ method: 'POST', url, headers }, { transport, timeout: limits.timeout });
  } catch (error) {
    const failure = transport.failure(error);
    // A connection may fail to parse the body, but the answer has arrived nevertheless.
    if (!transport.answer || !(failure instanceof LoyaltyApiError || transport.answer.statusCode < 300)) throw failure;
  }
  if (!transport.answer) throw new TypeError('This connection does not use the transport that it is given.');
  return transport.answer;
}
