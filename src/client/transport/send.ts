import type { z } from 'zod';
import type { MonotonicClock } from '../../base/clock.js';
import { parseLimitInfo } from './limitInfo.js';
import type { ApiUsage } from './limitInfo.js';
import type { HttpConnection, HttpMethod, LoyaltyConnection } from './connection.js';
import { LostAnswerError } from '../failures/callErrors.js';
import { LoyaltyCallError } from '../failures/loyaltyCallError.js';
import { strangeAnswer } from '../failures/strangeAnswer.js';
import { parseAnswer } from '../parseAnswer.js';
import { announceRequest } from './callEvent.js';
import type { CallEvent } from './callEvent.js';
import type { OpenBody } from './exchange.js';
import type { TextInParts } from './textInParts.js';
import { CallTransport } from './transport.js';

export interface Call {
  readonly method: HttpMethod;
  /** Below `/services/data/vNN.0`, or a whole path that begins with `/services/`. Already percent-encoded. */
  readonly path: string;
  readonly body?: unknown;
  /** A body of CSV, instead of `body`. */
  readonly csv?: string | TextInParts;
  /** Whether the answer is text, such as CSV: then `shape` gets the text. */
  readonly isText?: boolean;
  /** Returns what gets the text part by part. Then `shape` gets an empty one. */
  readonly openBody?: OpenBody;
  readonly signal?: AbortSignal;
  /** Whether the call changes nothing. Default: true for every GET. */
  readonly isRead?: boolean;
  /** From when its time limit counts, by `systemClock.monotonic()`: for a second try within one call. Default: now. */
  readonly began?: number;
  /** The path with the names of its values, for errors and events. Default: the path. */
  readonly resource?: string;
}

/**
 * Sends one call once and returns the body of its answer, parsed by `shape`.
 *
 * @throws {LoyaltyApiError} for every answer with status 300 or more
 * @throws {LostAnswerError} when no answer came, or a success that `shape` does not match
 */
export type Send = <T>(call: Call, shape: z.ZodType<T>) => Promise<T>;

export interface SendOptions {
  readonly apiVersion: string;
  /** Milliseconds for one request and its whole answer, also if the request is sent again after a login. */
  readonly timeout: number;
  /** Maximum number of bytes of an answer. */
  readonly answerLimit?: number;
  readonly onApiUsage?: (usage: ApiUsage) => void;
  /** Receives the org's time of each answer, in milliseconds since the epoch. */
  readonly onOrgTime?: (time: number) => void;
  readonly onRequest?: ((event: CallEvent) => void) | undefined;
  readonly clock: MonotonicClock;
}

export function createSend(connection: LoyaltyConnection | HttpConnection, options: SendOptions): Send {
  const { apiVersion, timeout, answerLimit, onApiUsage, onOrgTime, onRequest, clock } = options;
  return async (call, shape) => {
    const body = call.csv ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
    const { method, signal, isRead = method === 'GET', isText = false, openBody, began: since } = call;
    const { resource = call.path.split('?')[0] ?? '' } = call;
    const began = clock.monotonic();
    const limits = { timeout, ...(answerLimit !== undefined && { answerLimit }), ...(signal && { signal }) };
    const transport = new CallTransport(body, { ...limits, began: since, isRead, isText, openBody });
    const path = call.path.startsWith('/services/') ? call.path : `/services/data/v${apiVersion}${call.path}`;
    const request = {
      method,
      // A stored instance URL may end with a slash, and for a strict server `//services` is another path.
      url: connection.instanceUrl.replace(/\/+$/, '') + path,
      headers: {
        accept: isText ? 'text/csv' : 'application/json',
        ...(body !== undefined && { 'content-type': call.csv === undefined ? 'application/json' : 'text/csv' }),
      },
    };
    try {
      const answer =
        'exchange' in connection
          ? await transport.sendThrough(connection, request)
          : await connection.request(request, { transport, timeout });
      return read(isText ? transport.answer?.body : answer, shape, { call: { ...call, isRead }, transport });
    } catch (error) {
      const failure = transport.failure(error);
      throw failure instanceof LoyaltyCallError ? failure.ofRequest(`${method} ${resource}`) : failure;
    } finally {
      const usage = parseLimitInfo(transport.answer?.headers['sforce-limit-info']);
      if (usage) onApiUsage?.(usage);
      const milliseconds = clock.monotonic() - began;
      const callsLeft = usage && Math.max(0, usage.limit - usage.used);
      announceRequest({ method, resource, status: transport.answer?.statusCode, milliseconds, callsLeft }, onRequest);
      const time = Date.parse(transport.answer?.headers['date'] ?? '');
      if (!Number.isNaN(time)) onOrgTime?.(time);
    }
  };
}

function read<T>(
  answer: unknown,
  shape: z.ZodType<T>,
  { call: { method, path, isRead = false }, transport }: { call: Call; transport: CallTransport },
): T {
  if (!transport.answer) {
    throw new LostAnswerError('unreadable', 'This connection does not use the transport that it is given.', true);
  }
  const { statusCode } = transport.answer;
  if (typeof answer !== 'object' && !shape.safeParse(answer).success) {
    throw new LostAnswerError('unreadable', strangeAnswer(transport.answer), true, { isRead });
  }
  return parseAnswer(answer, shape, { what: `HTTP ${statusCode} to ${method} ${path.split('?')[0] ?? ''}`, isRead });
}
