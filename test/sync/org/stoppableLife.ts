import type { MonotonicClock } from '../../../src/base/clock.js';
import { Life } from './life.js';

export interface StoppableOptions {
  readonly dies: () => boolean;
  /** Returns for how many milliseconds it is stopped now, if it is: briefly, if a call is about to leave. */
  readonly stops: (isCall: boolean) => number | undefined;
  /** A call that is about to leave has left before a stop that takes more milliseconds than this. */
  readonly brief: number;
}

/**
 * A process that can also be stopped for a while, as with SIGSTOP: time goes on, and what arrives meanwhile it sees when
 * it goes on itself.
 */
export class StoppableLife extends Life {
  readonly #clock: MonotonicClock;
  readonly #options: StoppableOptions;
  #stopped: Promise<void> | undefined;
  #isLong = false;

  constructor(clock: MonotonicClock, options: StoppableOptions) {
    super(options.dies);
    this.#clock = clock;
    this.#options = options;
  }

  override async moment(name: string): Promise<void> {
    await super.moment(name);
    const isCall = name === 'before a call';
    const milliseconds = this.#stopped ? undefined : this.#options.stops(isCall);
    if (milliseconds !== undefined) {
      this.#isLong = milliseconds > this.#options.brief;
      this.#stopped = this.#clock.sleep(milliseconds).then(() => {
        this.#stopped = undefined;
      });
    }
    if (!isCall || !this.#isLong) await this.#stopped;
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
