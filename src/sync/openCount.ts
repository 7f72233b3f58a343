import type { DeliveryState } from './deliveryState.js';

/** How many items are open: counted by the outbox after each stretch of a feed, less what was settled since. */
export class OpenCount {
  readonly #state: DeliveryState;
  #counted = 0;
  #settledThen = 0;

  constructor(state: DeliveryState) {
    this.#state = state;
  }

  get now(): number {
    return this.#counted - (this.#state.settled - this.#settledThen);
  }

  async count(): Promise<void> {
    this.#counted = await this.#state.delivery.open();
    this.#settledThen = this.#state.settled;
  }
}
