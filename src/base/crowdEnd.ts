/** Most turns of the event loop that what has come waits for more. */
const mostTurns = 4;

/**
 * Does work at the end of the first turn of the event loop in which nothing more has come. Answers come in crowds, which
 * take several turns to be read: what follows from them is done once for all.
 *
 * What is called together is also done together, in the order of the first calls.
 */
export class CrowdEnd {
  readonly #work: () => void;
  #isWaiting = false;
  #hasMore = false;

  constructor(work: () => void) {
    this.#work = work;
  }

  /** Whether something has come, and the work is not done. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Something has come. */
  came(): void {
    this.#hasMore = true;
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#wait(mostTurns);
  }

  #wait(turns: number): void {
    setImmediate(() => {
      if (this.#hasMore && turns > 1) {
        this.#hasMore = false;
        this.#wait(turns - 1);
        return;
      }
      this.#isWaiting = false;
      this.#work();
    });
  }
}
