/**
 * Wakes a loop that waits for something to happen, when everything that happens in the same turn of the event loop has
 * happened: answers arrive in bursts. A ring while the loop does not wait is heard at its next wait, until it is reset.
 */
export class Bell {
  #isRung = false;
  #isWaking = false;
  #wake: () => void = () => undefined;

  /** Whether it has rung since it was reset. */
  get isRung(): boolean {
    return this.#isRung;
  }

  /** Forgets earlier rings: the loop looks at everything anew. */
  reset(): void {
    this.#isRung = false;
  }

  /**
   * What is scheduled for the end of this turn after the ring runs after the loop. So the outcomes of all answers of
   * this turn, if they are settled after the ring, and the batches that replace them share a commit.
   */
  ring(): void {
    this.#isRung = true;
    if (this.#isWaking) return;
    this.#isWaking = true;
    setImmediate(() => {
      this.#isWaking = false;
      this.#wake();
    });
  }

  /** Resolves at the end of a turn in which it rings, or at once if it has rung. */
  async heard(): Promise<void> {
    if (this.#isRung && !this.#isWaking) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }
}
