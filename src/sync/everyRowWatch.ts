import type { Failure, StopReason } from './attempt.js';

/** Codes of refusals that are caused by the mapping or the user's rights, not by the values of a row. */
const notOfARow = new Set([
  'INVALID_FIELD',
  'INVALID_FIELD_FOR_INSERT_UPDATE',
  'INVALID_TYPE',
  'INVALID_TYPE_FOR_OPERATION',
]);

/**
 * Number of requests that must be refused in the same words, with no row in common and before anything has succeeded.
 */
const enough = 2;

/**
 * Finds a failure that every row would meet, such as a field that the org does not have. Without this check, a run
 * would refuse all of its rows one by one, at three calls each.
 */
export class EveryRowWatch {
  readonly #what: string;
  #hasSucceeded = false;
  #refusal: Failure | undefined;
  #requests = 0;

  /** @param what what is refused, in the singular */
  constructor(what = 'transaction') {
    this.#what = what;
  }

  /** Records that the org has carried out a request. From now on no refusal can concern every row. */
  succeeded(): void {
    this.#hasSucceeded = true;
  }

  /**
   * Records that these requests, which have no row in common, were refused. Returns why the run must end, if it must.
   */
  refused(failures: readonly Failure[]): StopReason | undefined {
    for (const failure of failures) this.#note(failure);
    if (this.#hasSucceeded || this.#requests < enough || !this.#refusal) return undefined;
    return {
      code: this.#refusal.code ?? 'REFUSED',
      message: `The org refuses every ${this.#what} in the same words: ${this.#refusal.message}`,
      action: 'Correct the mapping, or give the user access to the field, then read the feed again.',
    };
  }

  #note(failure: Failure): void {
    const { kind, code, message } = failure;
    if (kind !== 'refused' || !notOfARow.has(code ?? '')) return;
    const isSame = code === this.#refusal?.code && message === this.#refusal.message;
    this.#requests = isSame ? this.#requests + 1 : 1;
    this.#refusal = failure;
  }
}
