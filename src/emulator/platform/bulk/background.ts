import { AsyncLocalStorage } from 'node:async_hooks';

/** Work in steps: between two of them, requests are served. A job that gives a promise waits for it; others go on. */
export type Steps = Generator<Promise<unknown> | undefined, void, undefined>;

type Resume = (steps: Steps) => IteratorResult<Promise<unknown> | undefined, void>;

const goOn: Resume = (steps) => steps.next();

/**
 * Does the work of jobs beside the requests: one step at a time, each job in its turn. Whatever the request that began
 * a job is part of (a lock, an attempt that is undone) the job is not.
 */
export class Background {
  readonly #inNoRequest = AsyncLocalStorage.snapshot();
  readonly #waiting: { readonly steps: Steps; readonly resume: Resume }[] = [];
  #isScheduled = false;

  /** @param isOpen false when the org has ended: then the rest is forgotten */
  public constructor(private readonly isOpen: () => boolean) {}

  public begin(steps: Steps): void {
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
    const next = this.isOpen() ? this.#waiting.shift() : undefined;
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
      // A defect of ours: the job has failed, the org goes on.
      process.emitWarning(error instanceof Error ? (error.stack ?? error.message) : String(error), 'EmulatorDefect');
    }
  }
}
