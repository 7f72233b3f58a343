import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { systemClock } from '../../base/clock.js';
import { LostAnswerError } from '../failures/callErrors.js';
import type { LostAnswerKind } from '../failures/callErrors.js';
import type { HttpAnswer } from '../failures/httpAnswer.js';
import { sharedAgent } from './proxyAgent.js';
import { safeAddress } from './safeAddress.js';
import type { TextInParts } from './textInParts.js';

/**
 * Called at the beginning of the body of a success. Returns what gets its parts. If the connection breaks, a read may be
 * sent again, and the body then comes anew from its beginning. What this throws ends the call, and is thrown as it is.
 */
export type OpenBody = () => (part: Uint8Array) => void;

export interface ExchangeRequest {
  readonly method: string;
  /** An absolute URL. */
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Whether the call changes nothing. Default: true for every GET. */
  readonly isRead?: boolean;
  /**
   * Returns what gets the body of a success part by part, as it comes, and the answer has no body. A connection that
   * cannot do so leaves it alone, and answers with the body.
   */
  readonly openBody?: OpenBody | undefined;
}

/** The same, with a body that may be made while it is sent. */
export interface SentRequest extends Omit<ExchangeRequest, 'body'> {
  readonly body?: string | TextInParts | undefined;
}

/** In bytes. The largest answers that were measured, with 2,000 wide records, have 4 MB. */
export const defaultAnswerLimit = 64 * 1024 * 1024;

export interface ExchangeLimits {
  /** Milliseconds from `began` until the last byte of the answer. */
  readonly timeout: number;
  /** When the call of which this is a part began, by `systemClock.monotonic()`. Default: now. */
  readonly began?: number | undefined;
  readonly signal?: AbortSignal;
  /** Maximum number of bytes of an answer. We never ask for a compressed answer, and never decompress one. */
  readonly answerLimit?: number;
}

/**
 * Sends one request once and reads the whole answer, whatever its status. Redirects are not followed.
 *
 * It uses undici's lowest interface, because only that one reports when the first byte is sent. This distinguishes a
 * request that certainly never reached the org (it was waiting for a connection, a TLS handshake, a proxy) from one
 * that may have.
 *
 * @throws {LostAnswerError} when no complete answer came
 * @throws {AddressError} for the address of an org or a proxy that cannot be used or must not be; nothing is sent
 */
export async function exchange(request: SentRequest, limits: ExchangeLimits): Promise<HttpAnswer> {
  const address = safeAddress(request.url);
  const { origin, pathname, search } = address;
  const agent = sharedAgent();
  return new Promise((resolve, reject) => {
    const handler = new Exchange({ ...request, host: address.host }, limits, { resolve, reject });
    if (handler.settled) return;
    agent.dispatch(
      {
        origin,
        path: pathname + search,
        method: request.method,
        ...sentBody(request),
        // Our own timer covers connecting, headers and body together.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      handler,
    );
  });
}

/** The length is known, so that the body is not sent in chunks, which some servers and proxies refuse. */
function sentBody({ headers = {}, body }: SentRequest): Pick<Dispatcher.DispatchOptions, 'body' | 'headers'> {
  if (typeof body !== 'object') return { headers, body: body ?? null };
  const stream = Readable.from(body.parts(), { objectMode: false });
  return { headers: { ...headers, 'content-length': String(body.bytes) }, body: stream };
}

interface Settlement {
  resolve(answer: HttpAnswer): void;
  reject(error: Error): void;
}

class Exchange implements Dispatcher.DispatchHandler {
  settled = false;
  #controller: Dispatcher.DispatchController | undefined;
  #head: Omit<HttpAnswer, 'body'> | undefined;
  #take: ((part: Uint8Array) => void) | undefined;
  readonly #chunks: Buffer[] = [];
  #length = 0;
  readonly #until: number;
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort = (): void => this.#giveUp('aborted', 'The request was aborted');

  constructor(
    readonly request: SentRequest & { readonly host: string },
    readonly limits: ExchangeLimits,
    readonly settlement: Settlement,
  ) {
    const now = systemClock.monotonic();
    this.#until = (limits.began ?? now) + limits.timeout;
    this.#timer = setTimeout(() => this.#endInTime(), Math.max(0, this.#until - now));
    limits.signal?.addEventListener('abort', this.#onAbort);
    if (limits.signal?.aborted) this.#onAbort();
  }

  /**
   * Is called right before the first byte is written. If the process was stopped meanwhile, and goes on when a connection
   * has been made, this comes before the timer: what was not sent in time must not be sent any more.
   */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (systemClock.monotonic() >= this.#until) this.#endInTime();
    if (this.settled) controller.abort(new Error('Given up before it was sent.'));
    else this.#controller = controller;
  }

  onResponseStart(
    _controller: unknown,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#head = { host: this.request.host, statusCode, headers: flattened(headers) };
    if (statusCode < 300) this.#take = this.request.openBody?.();
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    if (this.settled) return;
    if (this.#take) {
      this.#give(chunk, this.#take);
      return;
    }
    const { answerLimit = defaultAnswerLimit } = this.limits;
    this.#length += chunk.length;
    if (this.#length <= answerLimit) this.#chunks.push(chunk);
    else this.#giveUp('oversized', `The answer is longer than ${answerLimit.toLocaleString('en-US')} bytes`);
  }

  onResponseEnd(): void {
    if (!this.#settle() || !this.#head) return;
    this.settlement.resolve({ ...this.#head, body: Buffer.concat(this.#chunks).toString('utf8') });
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (isOurMistake(error)) {
      if (this.#settle()) this.settlement.reject(error);
      return;
    }
    if (!this.#controller) this.#fail('notConnected', 'No connection', error);
    else if (this.#head) this.#fail('dropped', 'The connection ended in the middle of the answer', error);
    else this.#fail('reset', 'The connection ended before an answer came', error);
  }

  /** What the caller throws is not a failure of the connection. */
  #give(chunk: Buffer, take: (part: Uint8Array) => void): void {
    try {
      take(chunk);
    } catch (error) {
      if (this.#settle()) this.settlement.reject(error instanceof Error ? error : new Error(String(error)));
      this.#controller?.abort(new Error('The answer is no longer wanted.'));
    }
  }

  #endInTime(): void {
    this.#giveUp('timeout', `No answer within ${this.limits.timeout} ms`);
  }

  #giveUp(kind: LostAnswerKind, what: string): void {
    this.#fail(kind, what);
    this.#controller?.abort(new Error(what));
  }

  #fail(kind: LostAnswerKind, what: string, cause?: Error): void {
    if (!this.#settle()) return;
    const mayHaveHappened = this.#controller !== undefined;
    const { method, url, isRead = method === 'GET' } = this.request;
    const { origin, pathname } = new URL(url);
    // Without the query, which contains what somebody searched for.
    const sent = isRead ? 'Nothing was changed.' : 'The org may have carried it out.';
    const consequence = mayHaveHappened ? sent : 'Nothing was sent.';
    const message = `${what}: ${method} ${origin}${pathname}${cause ? ` (${cause.message})` : ''}. ${consequence}`;
    this.settlement.reject(new LostAnswerError(kind, message, mayHaveHappened, { isRead, ...(cause && { cause }) }));
  }

  /** Returns false when the result is already known. */
  #settle(): boolean {
    if (this.settled) return false;
    this.settled = true;
    clearTimeout(this.#timer);
    this.limits.signal?.removeEventListener('abort', this.#onAbort);
    return true;
  }
}

/**
 * Returns whether undici refuses a header or a path. Sending it again would never help. undici uses the same code for a
 * 407 of a proxy.
 */
function isOurMistake(error: Error): boolean {
  return 'code' in error && error.code === 'UND_ERR_INVALID_ARG' && !error.message.startsWith('Proxy');
}

function flattened(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return flat;
}
