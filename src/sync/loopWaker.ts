/**
 * Wakes a loop that waits for something to happen, when everything that happens in the same turn of the event loop has
 * happened: answers arrive in bursts. A call while the loop does not wait ends its next wait at once, unless it is
 * reset before.
 */
export class LoopWaker {
  #isAwake = false;
  #isScheduled = false;
  #resume: () => void = () => undefined;

  /** Whether somebody has called since it was reset. */
  get isAwake(): boolean {
    return this.#isAwake;
  }

  /** Forgets earlier calls: the loop looks at everything anew. */
  reset(): void {
    this.#isAwake = false;
  }

  /**
   * What is scheduled for the end of this turn after this call runs after the loop. So the outcomes of all answers of
   * this turn, if they are settled after this call, and the batches that replace them share a commit.
   */
  wake(): void {
    this.#isAwake = true;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#resume();
    });
  }

  /** Resolves at the end of a turn in which somebody calls, or at once if somebody has. */
  async woken(): Promise<void> {
    if (this.#isAwake && !this.#isScheduled) return;
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
    });
  }
}
