import type { FailureVerdict } from './failureVerdict.js';

/** Any number above one: it depends on this whether a refusal may have stored some of the records. */
const severalRecords = 2;

/**
 * A call failed: the org refused it, a process or an input of an action failed, the login was refused, or no usable
 * answer came. Its `message` is the org's own, if the org gave one.
 */
export abstract class LoyaltyCallError extends Error {
  /** The org's own code, such as `UNABLE_TO_LOCK_ROW`; null if it gave none. */
  abstract readonly errorCode: string | null;
  #request: string | undefined;

  /**
   * Method and resource of the request, such as `POST /connect/realtime/loyalty/programs/{program}`. It has no values,
   * so it names no person. Undefined if the error does not come from a call of the client.
   */
  get request(): string | undefined {
    return this.#request;
  }

  /** Names the request, unless it has a name, and returns the error. */
  ofRequest(request: string): this {
    this.#request ??= request;
    return this;
  }

  /** Whether the call took effect. Assumes several records; `judge(1)` can know more about a call with one. */
  get verdict(): FailureVerdict {
    return this.judge(severalRecords);
  }

  /** Whether a call with this number of records took effect. */
  abstract judge(records: number): FailureVerdict;
}
