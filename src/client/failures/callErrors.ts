import { z } from 'zod';
import { ActionResponse } from '../../contract/endpoints/actionEndpoints.js';
import { ApiErrorBody, ApiErrorItem } from '../../contract/apiError.js';
import type { ProgramProcessResponse } from '../../contract/endpoints/processEndpoints.js';
import { parseJson } from '../json.js';
import type { HttpAnswer } from './httpAnswer.js';
import { strangeAnswer } from './strangeAnswer.js';
import { told, toldErrors } from './toldText.js';

/** What is known of a call beside its answer. */
export interface FailureOptions extends ErrorOptions {
  /** The call could change nothing. */
  readonly isRead?: boolean;
}

/** The answer came with an HTTP status of 300 or more. Without an `errorCode` it may not be the org's. */
export class LoyaltyApiError extends Error {
  override readonly name = 'LoyaltyApiError';
  readonly status: number;
  /** The org's own code, such as `UNABLE_TO_LOCK_ROW`; null when the body has none. */
  readonly errorCode: string | null;
  readonly fields: readonly string[];
  /** Every error of the body. Usually one. */
  readonly errors: readonly ApiErrorItem[];
  readonly headers: Readonly<Record<string, string>>;
  /** First 500 characters of the body, without secrets: enough to recognize a page or to read an ErrorId. */
  readonly body: string;
  /** The call could change nothing. */
  readonly isRead: boolean;
  readonly #json: unknown;
  readonly #said: string;

  constructor(answer: HttpAnswer, options: FailureOptions = {}) {
    const json = parseJson(answer.body);
    const said = AnyErrors.safeParse(json).data ?? [];
    const errors = toldErrors(said);
    super(errors[0]?.message ?? strangeAnswer(answer), options);
    this.status = answer.statusCode;
    this.errorCode = errors[0]?.errorCode ?? null;
    this.fields = errors[0]?.fields ?? [];
    this.errors = errors;
    const { 'set-cookie': _cookie, ...headers } = answer.headers;
    this.headers = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, told(value)]));
    this.body = told(answer.body);
    this.isRead = options.isRead ?? false;
    this.#json = json;
    this.#said = inWords(said);
  }

  /** Codes and messages of all errors, one on each line, as long as they came. */
  get said(): string {
    return this.#said;
  }

  /** The whole body, parsed; undefined when it is no JSON. */
  get json(): unknown {
    return this.#json;
  }
}

/**
 * The org ran the process and it failed: HTTP 200 with `status: false`.
 * What ran before the failure may have been stored.
 */
export class LoyaltyProcessError extends Error {
  override readonly name = 'LoyaltyProcessError';
  /** The body, without results that did not come. */
  readonly response: Readonly<Pick<ProgramProcessResponse, 'status' | 'message'>>;
  readonly #said: string;

  constructor({ status, message }: Pick<ProgramProcessResponse, 'status' | 'message'>) {
    super(told(message ?? 'The org reported a failure without a reason.'));
    this.response = { status, message: typeof message === 'string' ? told(message) : message };
    this.#said = message ?? '';
  }

  /** The org's reason, as long as it came; empty without one. */
  get said(): string {
    return this.#said;
  }
}

/** An input of a standard action failed: `isSuccess: false`, with HTTP 400 or 200. */
export class LoyaltyActionError extends Error {
  override readonly name = 'LoyaltyActionError';
  readonly errorCode: string | null;
  readonly fields: readonly string[];
  readonly actionName: string;
  readonly errors: readonly ApiErrorItem[];
  readonly #said: string;

  constructor(actionName: string, said: readonly ApiErrorItem[], options?: ErrorOptions) {
    const errors = toldErrors(said);
    super(errors[0]?.message ?? `The action ${told(actionName, 100)} failed without a reason.`, options);
    this.actionName = told(actionName, 100);
    this.errors = errors;
    this.errorCode = errors[0]?.errorCode || null;
    this.fields = errors[0]?.fields ?? [];
    this.#said = inWords(said);
  }

  /** Codes and messages of all errors, one on each line, as long as they came. */
  get said(): string {
    return this.#said;
  }
}

/** The token endpoint refused to log in. `error` is its code, such as `invalid_grant`. */
export class LoginError extends Error {
  override readonly name = 'LoginError';

  readonly error: string;

  constructor(error: string, description?: string) {
    const code = told(error, 100);
    super(`The org refused to log in: ${code}${description ? ` (${told(description)})` : ''}.`);
    this.error = code;
  }
}

export type LostAnswerKind =
  /** Nobody was reached: refused, unknown host, failed TLS handshake. */
  | 'notConnected'
  /** The connection gave up before it sent anything, because it could not get a session. */
  | 'notSent'
  | 'timeout'
  | 'aborted'
  /** The connection ended before the answer began. */
  | 'reset'
  /** The connection ended in the middle of the answer. */
  | 'dropped'
  /** An answer longer than `answerLimit`. */
  | 'oversized'
  /** A success whose body is not what the API documents. */
  | 'unreadable';

/** No usable answer came. The request may have been carried out, and may still be while you read this. */
export class LostAnswerError extends Error {
  override readonly name = 'LostAnswerError';
  /** The call could change nothing. */
  readonly isRead: boolean;

  constructor(
    readonly kind: LostAnswerKind,
    message: string,
    /** False only when it is certain that nothing has reached the org. */
    readonly mayHaveHappened: boolean,
    options: FailureOptions = {},
  ) {
    super(told(message, 1000), options);
    this.isRead = options.isRead ?? false;
  }
}

/** What the body of a failed action says about each error, in the words of {@link ApiErrorItem}. */
export function actionErrors(element: ActionResponse[number]): ApiErrorItem[] {
  return (element.errors ?? []).map((error) => {
    if (typeof error === 'string') return { errorCode: '', message: error };
    return 'statusCode' in error ? { ...error, errorCode: error.statusCode } : error;
  });
}

/** Resources answer an array of errors, actions an array of elements that hold errors. */
const ErrorArray = ApiErrorBody.or(ApiErrorItem.transform((item) => [item]));
const FailedActions = ActionResponse.transform((elements) => elements.flatMap(actionErrors));
const AnyErrors = z.union([ErrorArray, FailedActions]);

function inWords(errors: readonly ApiErrorItem[]): string {
  return errors.map(({ errorCode, message }) => `${errorCode} ${message}`).join('\n');
}
