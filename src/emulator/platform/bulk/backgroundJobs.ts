import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Work in steps. Requests are served between steps. A job that yields a promise waits for it while other jobs go on.
 */
export type Steps = Generator<Promise<unknown> | undefined, void, undefined>;

type Resume = (steps: Steps) => IteratorResult<Promise<unknown> | undefined, void>;

const goOn: Resume = (steps) => steps.next();

/**
 * Runs jobs in the background: one step, then a step of the next job, and so on. A job does not run in the async
 * context of the request that started it, so it does not share that request's locks or its attempts that are undone.
 */
export class Background {
  readonly #inNoRequest = AsyncLocalStorage.snapshot();
  readonly #waiting: { readonly steps: Steps; readonly resume: Resume }[] = [];
  #isScheduled = false;

  readonly #isOpen: () => boolean;

  /** @param isOpen returns false when the org has ended; the remaining steps are then dropped */
  constructor(isOpen: () => boolean) {
    this.#isOpen = isOpen;
  }

  begin(steps: Steps): void {
    this.#enqueue(steps, goOn);
  }

  #enqueue(steps: Steps, resume: Resume): void {
    this.#waiting.push({ steps, resume });
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.length === 0) return;
    this.#isScheduled = true;
    this.#inNoRequest(() => setImmediate(() => this.#step()));
  }

  #step(): void {
    this.#isScheduled = false;
    const next = this.#isOpen() ? this.#waiting.shift() : undefined;
    if (!next) return;
    this.#do(next.steps, next.resume);
    this.#schedule();
  }

  #do(steps: Steps, resume: Resume): void {
    try {
      const { done, value } = resume(steps);
      if (done === true) return;
      if (!value) this.#enqueue(steps, goOn);
      else
        value.then(
          () => this.#enqueue(steps, goOn),
          (error: unknown) => this.#enqueue(steps, () => steps.throw(error)),
        );
    } catch (error) {
      // This is a defect of the emulator. The job failed, but the org keeps running.
      process.emitWarning(error instanceof Error ? (error.stack ?? error.message) : String(error), 'EmulatorDefect');
    }
  }
}
