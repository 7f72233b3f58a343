import type { Duplex } from 'node:stream';
import { systemClock } from '../../base/clock.js';
import { mayShowKnown, withoutKnown } from '../../base/text/withoutSecrets.js';
import { AddressError } from '../failures/addressError.js';
import { LostAnswerError, LoyaltyApiError } from '../failures/callErrors.js';
import type { HttpAnswer } from '../failures/httpAnswer.js';
import { strangeAnswer } from '../failures/strangeAnswer.js';
import { told, toldCause } from '../failures/toldText.js';
import { isNestedDeeper } from '../nesting.js';
import type { HttpConnection } from './connection.js';
import { exchange } from './exchange.js';
import type { ExchangeLimits, ExchangeRequest, OpenBody, SentRequest } from './exchange.js';
import type { TextInParts } from './textInParts.js';

/** Maximum depth of nested lists and objects. The answers that we ask for have at most ten levels. */
const deepestAnswer = 200;

export interface CallOptions extends ExchangeLimits {
  /** Whether the call changes nothing. */
  readonly isRead: boolean;
  /** Whether the answer is text. It is not given to the connection, which would parse CSV into records. */
  readonly isText?: boolean;
  /** Returns what gets the text of a success part by part, instead of the answer. */
  readonly openBody?: OpenBody | undefined;
}

/** What jsforce expects a transport to return. */
type StreamPromise<T> = Promise<T> & { stream(): Duplex };

/**
 * jsforce pipes a stream that nobody reads through this one, for each request. As much of a stream as `pipe` asks for,
 * shared by all: a real one would cost more than the rest of jsforce.
 */
const unusedStream = {
  on: () => unusedStream,
  once: () => unusedStream,
  prependListener: () => unusedStream,
  emit: () => false,
  pipe: () => unusedStream,
} as unknown as Duplex;

/**
 * The transport of one call. It replaces jsforce's own, which can lose a promise or end the process when a connection
 * drops in the middle of an answer, and whose timeout covers only the headers.
 *
 * It holds the body, so that the body is never in the request object, because `@salesforce/core` logs that object.
 *
 * jsforce sends again after every 401, without end. Therefore only the first 401 of a call is returned to jsforce,
 * which may then get a new token and send once more. Every other failure is thrown from here, where status and headers
 * are still known. A 401 that does not come from the org says nothing about the session, so a write is not sent again
 * after it.
 *
 * One time limit covers the whole call: the 401, the wait for a new token, and what is sent after it. If the process was
 * stopped meanwhile, others may have found the request absent and have sent it themselves, so it must not leave late.
 *
 * An answer may repeat the token that was sent, so it is removed from every answer here.
 */
export class CallTransport {
  readonly #body: string | TextInParts | undefined;
  readonly #options: CallOptions & { readonly began: number };
  #attempts = 0;
  #answer: HttpAnswer | undefined;

  constructor(body: string | TextInParts | undefined, options: CallOptions) {
    this.#body = body;
    this.#options = { ...options, began: options.began ?? systemClock.monotonic() };
  }

  /** The last answer, whatever its status. Undefined when none came. */
  get answer(): HttpAnswer | undefined {
    return this.#answer;
  }

  httpRequest(request: ExchangeRequest): StreamPromise<HttpAnswer> {
    const answer = this.#send((whole) => exchange(whole, this.#options), request);
    const sent = this.#options.isText === true ? answer.then(withoutText) : answer;
    return Object.assign(sent, { stream: () => unusedStream });
  }

  /** Sends through a connection that has its own HTTP, and returns the parsed body. Such a connection is asked once. */
  async sendThrough(connection: HttpConnection, request: ExchangeRequest): Promise<unknown> {
    const answer = await this.#send((whole) => answeredBy(connection, whole), request);
    if (answer.statusCode >= 300) throw new LoyaltyApiError(answer, { isRead: this.#options.isRead });
    if (this.#options.isText === true) return undefined;
    return answer.body === '' ? undefined : JSON.parse(answer.body);
  }

  async #send(
    exchanged: (request: SentRequest) => Promise<HttpAnswer>,
    { method, url, headers }: ExchangeRequest,
  ): Promise<HttpAnswer> {
    this.#attempts += 1;
    this.#answer = undefined;
    this.#mustBeInTime(method, url);
    const { isRead, openBody } = this.#options;
    const request = {
      ...{ method, url, headers, isRead, ...(openBody && { openBody }) },
      ...(this.#body !== undefined && { body: this.#body }),
    };
    this.#answer = given(withoutToken(await exchanged(request), headers), openBody);
    const failure = this.#answer.statusCode < 300 ? undefined : new LoyaltyApiError(this.#answer, { isRead });
    const mayRefresh = failure?.status === 401 && this.#attempts === 1 && (isRead || failure.errorCode !== null);
    if (failure && !mayRefresh) throw failure;
    if (!failure && this.#options.isText !== true && isNestedDeeper(this.#answer.body, deepestAnswer)) {
      const message = `HTTP ${this.#answer.statusCode} with JSON of more than ${deepestAnswer} levels, which no org sends.`;
      throw new LostAnswerError('unreadable', message, true, { isRead });
    }
    return this.#answer;
  }

  /** A connection of somebody else has no time limit of ours, so this is not left to the exchange. */
  #mustBeInTime(method: string, url: string): void {
    const { began, timeout, isRead } = this.#options;
    if (systemClock.monotonic() < began + timeout) return;
    const { origin, pathname } = new URL(url);
    const message = `The ${timeout} ms of the call have passed: ${method} ${origin}${pathname}. Nothing was sent.`;
    throw new LostAnswerError('timeout', message, false, { isRead });
  }

  /** Turns an error of `connection.request` into one of ours. */
  failure(error: unknown): Error {
    if (isOurs(error)) return error;
    const { isRead } = this.#options;
    const cause = toldCause(error);
    if (this.#attempts === 0) {
      return new LostAnswerError('notSent', `Nothing was sent: ${cause.message}`, false, { cause, isRead });
    }
    if (this.#answer?.statusCode === 401) return new LoyaltyApiError(this.#answer, { cause, isRead });
    // The connection could not parse the answer.
    if (this.#answer) return new LostAnswerError('unreadable', strangeAnswer(this.#answer), true, { cause, isRead });
    return error instanceof Error ? error : new Error(told(String(error)));
  }
}

/** A 401 keeps its body, by which a connection knows that its session has ended. */
function withoutText(answer: HttpAnswer): HttpAnswer {
  return answer.statusCode >= 300 ? answer : { ...answer, headers: { 'content-type': 'text/plain' }, body: '' };
}

/** A connection of somebody else has the whole body. */
function given(answer: HttpAnswer, openBody: OpenBody | undefined): HttpAnswer {
  if (!openBody || answer.statusCode >= 300 || answer.body === '') return answer;
  openBody()(Buffer.from(answer.body));
  return { ...answer, body: '' };
}

async function answeredBy(connection: HttpConnection, { body, ...request }: SentRequest): Promise<HttpAnswer> {
  try {
    return await connection.exchange({ ...request, ...(body !== undefined && { body: wholeText(body) }) });
  } catch (error) {
    if (isOurs(error)) throw error;
    const { isRead = false } = request;
    const cause = toldCause(error);
    throw new LostAnswerError('reset', `No answer: ${cause.message}`, true, { cause, isRead });
  }
}

/** A connection of somebody else takes the whole body. */
function wholeText(body: string | TextInParts): string {
  return typeof body === 'string' ? body : [...body.parts()].join('');
}

function isOurs(error: unknown): error is Error {
  return [LoyaltyApiError, LostAnswerError, AddressError].some((kind) => error instanceof kind);
}

function withoutToken(answer: HttpAnswer, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  const secrets = Object.entries(headers)
    .filter(([name]) => name.toLowerCase() === 'authorization')
    .map(([, value]) => value.replace(/^\w+\s+/, ''));
  // Hardly any answer shows the token.
  const inHeaders = mayShowKnown(Object.values(answer.headers).join('\n'), secrets);
  if (!inHeaders && !mayShowKnown(answer.body, secrets)) return answer;
  const cleaned: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) cleaned[name] = withoutKnown(value, secrets);
  return { ...answer, headers: cleaned, body: withoutKnown(answer.body, secrets) };
}
