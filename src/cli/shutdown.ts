import { once } from 'node:events';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Exit code of a command that a signal has ended. */
export const interrupted = 130;

/**
 * Lets a command end in good order: the first signal aborts `signal`, the second ends the process at once. Made before
 * anything else of a command, so that there is no moment at which a signal is an accident.
 *
 * SfCommand installs listeners that call oclif's `exit`, which throws inside the listener: the process would die with a
 * stack trace, exit code 1 and half a document. They are taken over while this is in use.
 */
export class Shutdown implements Disposable {
  readonly #controller = new AbortController();

  readonly #onSignal = (): void => {
    if (this.#controller.signal.aborted) process.exit(interrupted);
    this.#controller.abort();
  };

  public constructor() {
    for (const name of signals) {
      process.removeAllListeners(name);
      process.on(name, this.#onSignal);
    }
  }

  public get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Resolves with the first signal. */
  public async requested(): Promise<void> {
    if (!this.signal.aborted) await once(this.signal, 'abort');
  }

  public [Symbol.dispose](): void {
    for (const name of signals) process.off(name, this.#onSignal);
  }
}
