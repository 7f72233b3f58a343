import { CrowdEnd } from '../base/crowdEnd.js';

/**
 * Wakes a loop that waits for something to happen, when everything that happens together has happened: answers arrive in
 * bursts. A call while the loop does not wait ends its next wait at once, unless it is reset before.
 */
export class LoopWaker {
  #isAwake = false;
  #resume: () => void = () => undefined;
  readonly #crowd = new CrowdEnd(() => this.#resume());

  /** Whether somebody has called since it was reset. */
  get isAwake(): boolean {
    return this.#isAwake;
  }

  /** Forgets earlier calls: the loop looks at everything anew. */
  reset(): void {
    this.#isAwake = false;
  }

  /**
   * The loop goes on before the work of any other {@link CrowdEnd} that is told of the same things after this one. So the
   * outcomes of all answers, if they are settled after this call, and the batches that replace them share a commit.
   */
  wake(): void {
    this.#isAwake = true;
    this.#crowd.came();
  }

  /** Resolves when somebody has called and the others who call with it have, too. */
  async woken(): Promise<void> {
    if (this.#isAwake && !this.#crowd.isWaiting) return;
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
    });
  }
}
