/** Wakes a loop that waits for something to happen. A ring while it does not wait is heard at its next wait. */
export class Bell {
  #isRung = false;
  #wake: () => void = () => undefined;

  /** Whether it has rung since the loop last waited. */
  get isRung(): boolean {
    return this.#isRung;
  }

  ring(): void {
    this.#isRung = true;
    this.#wake();
  }

  /** Resolves at the next ring, or at once if it has rung since the last wait. */
  async heard(): Promise<void> {
    if (!this.#isRung) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#isRung = false;
  }
}
