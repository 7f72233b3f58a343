import type { MonotonicClock } from '../../../src/base/clock.js';
import { Life } from './life.js';

/**
 * A process that can also be stopped for a while, as with SIGSTOP: time goes on, and what arrives meanwhile it sees when
 * it goes on itself.
 */
export class StoppableLife extends Life {
  readonly #clock: MonotonicClock;
  readonly #stops: () => number | undefined;
  #stopped: Promise<void> | undefined;

  /** @param stops returns for how many milliseconds it is stopped now, if it is */
  constructor(clock: MonotonicClock, { dies, stops }: { dies: () => boolean; stops: () => number | undefined }) {
    super(dies);
    this.#clock = clock;
    this.#stops = stops;
  }

  override async moment(name: string): Promise<void> {
    await super.moment(name);
    const milliseconds = this.#stopped ? undefined : this.#stops();
    if (milliseconds !== undefined) {
      this.#stopped = this.#clock.sleep(milliseconds).then(() => {
        this.#stopped = undefined;
      });
    }
    await this.#stopped;
    await super.moment(name);
  }

  override async receive<T>(promise: Promise<T>): Promise<T> {
    try {
      return await super.receive(promise);
    } finally {
      await this.#stopped;
    }
  }
}
