import type { z } from 'zod';
import { parseLimitInfo } from './apiUsage.js';
import type { ApiUsage } from './apiUsage.js';
import type { HttpMethod, LoyaltyConnection } from './connection.js';
import { LostAnswerError } from '../failures/errors.js';
import { fitted } from '../fitted.js';
import { CallTransport } from './transport.js';
import type { RequestOptions } from './transport.js';

export interface Call {
  readonly method: HttpMethod;
  /** Below `/services/data/vNN.0`, or a whole path that begins with `/services/`. Already percent-encoded. */
  readonly path: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/**
 * Sends one call once and returns the body of its answer, read by `shape`.
 *
 * @throws LoyaltyApiError for every answer with status 300 or more.
 * @throws LostAnswerError when no answer came, or a success that `shape` does not fit.
 */
export type Send = <T>(call: Call, shape: z.ZodType<T>) => Promise<T>;

export interface SendOptions {
  readonly apiVersion: string;
  /** Milliseconds for one request with its whole answer. */
  readonly timeout: number;
  readonly onApiUsage?: (usage: ApiUsage) => void;
  /** The org's time of an answer, in milliseconds since the epoch. */
  readonly onOrgTime?: (time: number) => void;
}

export function createSend(connection: LoyaltyConnection, options: SendOptions): Send {
  const { apiVersion, timeout, onApiUsage, onOrgTime } = options;
  return async (call, shape) => {
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const transport = new CallTransport(body, { timeout, ...(call.signal && { signal: call.signal }) });
    const path = call.path.startsWith('/services/') ? call.path : `/services/data/v${apiVersion}${call.path}`;
    const request = {
      method: call.method,
      // A stored instance URL may end with a slash, and `//services` is another path to a strict server.
      url: connection.instanceUrl.replace(/\/+$/, '') + path,
      headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
    };
    try {
      const options: RequestOptions = { transport, timeout };
      const answer = await connection.request(request, options);
      return read(answer, shape, { call, transport });
    } catch (error) {
      throw transport.failure(error);
    } finally {
      const usage = parseLimitInfo(transport.answer?.headers['sforce-limit-info']);
      if (usage) onApiUsage?.(usage);
      const time = Date.parse(transport.answer?.headers['date'] ?? '');
      if (!Number.isNaN(time)) onOrgTime?.(time);
    }
  };
}

function read<T>(
  answer: unknown,
  shape: z.ZodType<T>,
  { call, transport }: { call: Call; transport: CallTransport },
): T {
  if (!transport.answer) {
    throw new LostAnswerError('unreadable', 'This connection does not use the transport that it is given.', true);
  }
  const path = call.path.split('?')[0] ?? '';
  return fitted(answer, shape, `HTTP ${transport.answer.statusCode} to ${call.method} ${path}`);
}
