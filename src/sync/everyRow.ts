import type { Failure, StopReason } from './attempt.js';

/** Refusals that speak of the mapping or the user's rights, not of what a row says. */
const notOfARow = new Set([
  'INVALID_FIELD',
  'INVALID_FIELD_FOR_INSERT_UPDATE',
  'INVALID_TYPE',
  'INVALID_TYPE_FOR_OPERATION',
]);

/** So many requests without a row in common, refused in the same words before anything has succeeded, are no accident. */
const enough = 2;

/**
 * Finds the failure that every row would meet, such as a field that the org does not have: a run that went on would
 * refuse all of its rows one by one, at three calls each.
 */
export class EveryRowWatch {
  #hasSucceeded = false;
  #words = '';
  #requests = 0;

  /** The org has carried out a request: whatever it refuses from now on, it does not refuse every row. */
  succeeded(): void {
    this.#hasSucceeded = true;
  }

  /** These requests, which have no row in common, were refused. Returns why the run must end, if it must. */
  refused(failures: readonly Failure[]): StopReason | undefined {
    for (const failure of failures) this.#note(failure);
    const [last] = failures.slice(-1);
    if (this.#hasSucceeded || this.#requests < enough || !last) return undefined;
    return {
      code: last.code ?? 'REFUSED',
      message: `The org refuses every transaction with the same words: ${last.message}`,
      action: 'Correct the mapping, or give the user access to the field, then read the feed again.',
    };
  }

  #note({ kind, code, message }: Failure): void {
    const words = `${code} ${message}`;
    if (kind !== 'refused' || !notOfARow.has(code ?? '')) return;
    this.#requests = words === this.#words ? this.#requests + 1 : 1;
    this.#words = words;
  }
}
