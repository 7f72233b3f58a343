import { z } from 'zod';
import { ActionResponse } from '../../contract/endpoints/actionEndpoints.js';
import { ApiErrorBody, ApiErrorItem } from '../../contract/apiError.js';
import type { ProgramProcessResponse } from '../../contract/endpoints/processEndpoints.js';
import { parseJson } from '../json.js';

/** An HTTP answer as it arrived. Header names are lower case. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Enough to recognize a page of a proxy or to read an ErrorId, and too little to fill a log. */
const bodyLimit = 2000;

/** The org answered with an HTTP status of 300 or more. */
export class LoyaltyApiError extends Error {
  override readonly name = 'LoyaltyApiError';
  readonly status: number;
  /** The org's own code, such as `UNABLE_TO_LOCK_ROW`; null when the body has none. */
  readonly errorCode: string | null;
  readonly fields: readonly string[];
  /** Every error of the body. Usually one. */
  readonly errors: readonly ApiErrorItem[];
  readonly headers: Readonly<Record<string, string>>;
  /** First 2,000 characters of the body. */
  readonly body: string;
  readonly #json: unknown;

  constructor(answer: HttpAnswer, options?: ErrorOptions) {
    const json = parseJson(answer.body);
    const errors = AnyErrors.safeParse(json).data ?? [];
    super(errors[0]?.message ?? withoutMessage(answer), options);
    this.status = answer.statusCode;
    this.errorCode = errors[0]?.errorCode ?? null;
    this.fields = errors[0]?.fields ?? [];
    this.errors = errors;
    const { 'set-cookie': _cookie, ...headers } = answer.headers;
    this.headers = headers;
    this.body = answer.body.slice(0, bodyLimit);
    this.#json = json;
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

  constructor(response: Pick<ProgramProcessResponse, 'status' | 'message'>) {
    super(response.message ?? 'The org reported a failure without a reason.');
    this.response = { status: response.status, message: response.message };
  }
}

/** An input of a standard action failed: `isSuccess: false`, with HTTP 400 or 200. */
export class LoyaltyActionError extends Error {
  override readonly name = 'LoyaltyActionError';
  readonly errorCode: string | null;
  readonly fields: readonly string[];

  constructor(
    readonly actionName: string,
    readonly errors: readonly ApiErrorItem[],
    options?: ErrorOptions,
  ) {
    super(errors[0]?.message ?? `The action ${actionName} failed without a reason.`, options);
    this.errorCode = errors[0]?.errorCode || null;
    this.fields = errors[0]?.fields ?? [];
  }
}

/** The token endpoint refused to log in. `error` is its code, such as `invalid_grant`. */
export class LoginError extends Error {
  override readonly name = 'LoginError';

  constructor(
    readonly error: string,
    description?: string,
  ) {
    super(`The org refused to log in: ${error}${description ? ` (${description})` : ''}.`);
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
  /** A success whose body is not what the API documents. */
  | 'unreadable';

/** No usable answer came. The request may have been carried out, and may still be while you read this. */
export class LostAnswerError extends Error {
  override readonly name = 'LostAnswerError';

  constructor(
    readonly kind: LostAnswerKind,
    message: string,
    /** False only when it is certain that nothing has reached the org. */
    readonly mayHaveHappened: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
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

function withoutMessage({ statusCode, headers }: HttpAnswer): string {
  return `The org answered HTTP ${statusCode} with ${headers['content-type'] ?? 'no content type'} instead of an error in JSON.`;
}
