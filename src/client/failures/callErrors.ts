import { z } from 'zod';
import { ActionResponse } from '../../contract/endpoints/actionEndpoints.js';
import { ApiErrorBody, ApiErrorItem } from '../../contract/apiError.js';
import type { ProgramProcessResponse } from '../../contract/endpoints/processEndpoints.js';
import { parseJson } from '../json.js';
import type { FailureVerdict } from './failureVerdict.js';
import type { HttpAnswer } from './httpAnswer.js';
import { loginVerdict, lostVerdict, processVerdict, refusedVerdict } from './judgeFailure.js';
import { LoyaltyCallError } from './loyaltyCallError.js';
import { strangeAnswer } from './strangeAnswer.js';
import { told, toldErrors } from './toldText.js';

/** What is known about a call besides its answer. */
export interface FailureOptions extends ErrorOptions {
  /** Whether the call could change nothing. */
  readonly isRead?: boolean;
}

/** The answer came with an HTTP status of 300 or more. Without an `errorCode` it may not be the org's. */
export class LoyaltyApiError extends LoyaltyCallError {
  override readonly name = 'LoyaltyApiError';
  readonly status: number;
  readonly errorCode: string | null;
  readonly fields: readonly string[];
  /** Every error in the body. Usually one. */
  readonly errors: readonly ApiErrorItem[];
  readonly headers: Readonly<Record<string, string>>;
  /** First 500 characters of the body, without secrets: enough to recognize a page or to read an ErrorId. */
  readonly body: string;
  /** Whether the call could change nothing. */
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

  /** Codes and messages of all errors, one on each line, not shortened. */
  get said(): string {
    return this.#said;
  }

  /** The whole body, parsed. Undefined when it is not JSON. */
  get json(): unknown {
    return this.#json;
  }

  judge(records: number): FailureVerdict {
    const { status, errorCode: code, said: text, headers } = this;
    return refusedVerdict({ status, code, text, headers }, records);
  }
}

/**
 * The org ran the process, and it failed: HTTP 200 with `status: false`. Whatever ran before the failure may have been
 * stored.
 */
export class LoyaltyProcessError extends LoyaltyCallError {
  override readonly name = 'LoyaltyProcessError';
  /** A process gives a message and no code. */
  readonly errorCode = null;
  /** The body, without results that are missing. */
  readonly response: Readonly<Pick<ProgramProcessResponse, 'status' | 'message'>>;
  readonly #said: string;

  constructor({ status, message }: Pick<ProgramProcessResponse, 'status' | 'message'>) {
    super(told(message ?? 'The org reported a failure without a reason.'));
    this.response = { status, message: typeof message === 'string' ? told(message) : message };
    this.#said = message ?? '';
  }

  /** The org's reason, not shortened. Empty if there is none. */
  get said(): string {
    return this.#said;
  }

  judge(): FailureVerdict {
    return processVerdict(this.said, this.message);
  }
}

/** An input of a standard action failed: `isSuccess: false`, with HTTP 400 or 200. */
export class LoyaltyActionError extends LoyaltyCallError {
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

  /** Codes and messages of all errors, one on each line, not shortened. */
  get said(): string {
    return this.#said;
  }

  /** Like HTTP 400, that is, as refused, whatever the status of the answer. */
  judge(records: number): FailureVerdict {
    const code = this.errorCode ?? 'ACTION_FAILED';
    return refusedVerdict({ status: 400, code, text: this.said, headers: {} }, records);
  }
}

/** The token endpoint refused to log in. `error` is its code, such as `invalid_grant`. */
export class LoginError extends LoyaltyCallError {
  override readonly name = 'LoginError';

  readonly error: string;
  readonly errorCode: string;

  constructor(error: string, description?: string) {
    const code = told(error, 100);
    super(`The org refused to log in: ${code}${description ? ` (${told(description)})` : ''}.`);
    this.error = code;
    this.errorCode = code;
  }

  judge(): FailureVerdict {
    return loginVerdict(this.error, this.message);
  }
}

export type LostAnswerKind =
  /** No connection was made: it was refused, the host is unknown, or the TLS handshake failed. */
  | 'notConnected'
  /** The connection sent nothing because it could not get a session. */
  | 'notSent'
  | 'timeout'
  | 'aborted'
  /** The connection ended before the answer began. */
  | 'reset'
  /** The connection ended in the middle of the answer. */
  | 'dropped'
  /** The answer was longer than `answerLimit`. */
  | 'oversized'
  /** A success with a body that is not what the API documents. */
  | 'unreadable';

/** No usable answer came. The request may have been carried out, or may still be carried out later. */
export class LostAnswerError extends LoyaltyCallError {
  override readonly name = 'LostAnswerError';
  /** The org has given none. */
  readonly errorCode = null;
  /** Whether the call could change nothing. */
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

  judge(): FailureVerdict {
    return lostVerdict(this);
  }
}

/** Returns the errors in the body of a failed action, in the form of {@link ApiErrorItem}. */
export function actionErrors(element: ActionResponse[number]): ApiErrorItem[] {
  return (element.errors ?? []).map((error) => {
    if (typeof error === 'string') return { errorCode: '', message: error };
    return 'statusCode' in error ? { ...error, errorCode: error.statusCode } : error;
  });
}

/** Resources answer with an array of errors, actions with an array of elements that hold errors. */
const ErrorArray = ApiErrorBody.or(ApiErrorItem.transform((item) => [item]));
const FailedActions = ActionResponse.transform((elements) => elements.flatMap(actionErrors));
const AnyErrors = z.union([ErrorArray, FailedActions]);

function inWords(errors: readonly ApiErrorItem[]): string {
  return errors.map(({ errorCode, message }) => `${errorCode} ${message}`).join('\n');
}
