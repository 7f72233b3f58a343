import { exitCodes } from './errors/exitCodes.js';

/** Windows has SIGINT, SIGBREAK (Ctrl-Break) and SIGHUP (window closed). SIGTERM kills at once there. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/**
 * Lets a command stop cleanly: the first signal aborts `signal`, and the second ends the process at once, unless the
 * work takes `again`. Create it before anything else in a command, so that every signal is handled.
 *
 * SfCommand installs listeners that call oclif's `exit`, which throws inside the listener. The process would die with a
 * stack trace, exit code 1 and half a JSON document. This class replaces those listeners while it is in use.
 */
export class Shutdown implements Disposable {
  readonly #controller = new AbortController();
  #again: AbortController | undefined;

  readonly #onSignal = (): void => {
    if (!this.#controller.signal.aborted) this.#controller.abort();
    else if (this.#again?.signal.aborted === false) this.#again.abort();
    else process.exit(exitCodes.interrupted);
  };

  constructor() {
    for (const name of signals) process.removeAllListeners(name);
    this.#listen();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** For work that has a cleaner end than that of the process at the second signal, too. Then the third ends it at once. */
  get again(): AbortSignal {
    this.#again ??= new AbortController();
    return this.#again.signal;
  }

  /**
   * Runs long work that never waits, and would hear no signal: meanwhile, a signal ends the process at once. The work must
   * leave nothing half done.
   */
  readonly unheard = <T>(work: () => T): T => {
    this.#unlisten();
    try {
      return work();
    } finally {
      this.#listen();
    }
  };

  [Symbol.dispose](): void {
    this.#unlisten();
  }

  #listen(): void {
    for (const name of signals) process.on(name, this.#onSignal);
  }

  #unlisten(): void {
    for (const name of signals) process.off(name, this.#onSignal);
  }
}
