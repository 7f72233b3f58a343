import { ux } from '@oclif/core';
import { Spinner, StandardColors } from '@salesforce/sf-plugins-core';
import { shownLine } from './boundedText.js';

/** What a failed command prints for the step in progress. */
const failed = StandardColors.error('Error');
/** Fewest milliseconds between two lines of a log about the same step. */
const logInterval = 5000;

/**
 * Shows the step in progress. In a log, where nothing can be overwritten, each state is a line of its own: when the step
 * begins, now and then, and when it ends.
 */
export class PrintableSpinner extends Spinner {
  readonly #isLog: boolean;
  #logged: { readonly action: string; status: string | undefined; next: number } | undefined;

  /** @param isLog whether it writes to a log; by default, whether this is no terminal */
  constructor(outputEnabled: boolean, isLog: boolean = ux.action.type === 'simple') {
    super(outputEnabled);
    this.#isLog = isLog;
  }

  override get status(): string | undefined {
    return this.#isLog ? this.#logged?.status : super.status;
  }

  override set status(status: string | undefined) {
    const shown = status && shownLine(status);
    if (this.#isLog) this.#logStatus(shown);
    else super.status = shown;
  }

  override start(...[action, status, options]: Parameters<Spinner['start']>): void {
    if (!this.#isLog) {
      super.start(shownLine(action), status && shownLine(status), options);
      return;
    }
    this.#logged = { action: shownLine(action), status: status && shownLine(status), next: Date.now() + logInterval };
    this.#log(this.#logged.status ?? '');
  }

  override stop(message?: string): void {
    const shown = message === failed ? message : message && shownLine(message);
    if (!this.#isLog) {
      super.stop(shown);
      return;
    }
    this.#log(shown ?? 'done');
    this.#logged = undefined;
  }

  #logStatus(status: string | undefined): void {
    if (!this.#logged) return;
    this.#logged.status = status;
    if (status === undefined || Date.now() < this.#logged.next) return;
    this.#logged.next = Date.now() + logInterval;
    this.#log(status);
  }

  #log(state: string): void {
    const { action } = this.#logged ?? {};
    if (action !== undefined) this.maybeNoop(() => ux.stderr(`${action}... ${state}`.trimEnd()));
  }
}
