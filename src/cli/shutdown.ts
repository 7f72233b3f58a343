import { once } from 'node:events';
import { exitCodes } from './errors/exitCode.js';

/** Windows has SIGINT, SIGBREAK (Ctrl-Break) and SIGHUP (the window is closed); SIGTERM kills at once there. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

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
    if (this.#controller.signal.aborted) process.exit(exitCodes.interrupted);
    this.#controller.abort();
  };

  constructor() {
    for (const name of signals) {
      process.removeAllListeners(name);
      process.on(name, this.#onSignal);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    for (const name of signals) process.off(name, this.#onSignal);
  }
}

/** Resolves with the first signal. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
