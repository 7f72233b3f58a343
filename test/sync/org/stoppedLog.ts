import type { VirtualClock } from '../../support/virtualClock.js';
import { MemoryLog } from '../../outbox/memoryLog.js';

/** The log of a process that is stopped for longer than its lease, once it has stored something. */
export class StoppedLog extends MemoryLog {
  readonly #clock: VirtualClock;
  readonly #stopsAt: number;
  #stored = 0;
  #isStopped = false;

  /** @param stopsAt 1: it has stored that it will send something; 2: it has stored one thing more */
  constructor(clock: VirtualClock, lease: number, stopsAt = 1) {
    super(clock, lease);
    this.#clock = clock;
    this.#stopsAt = stopsAt;
  }

  override async append(...given: Parameters<MemoryLog['append']>): Promise<void> {
    await super.append(...given);
    if (given[1].latestBatch > 0) this.#stored += 1;
    this.#isStopped = this.#stored >= this.#stopsAt;
    await this.#wake();
  }

  override async renew(epoch: number): Promise<void> {
    await super.renew(epoch);
    await this.#wake();
  }

  async #wake(): Promise<void> {
    if (this.#isStopped) await this.#clock.sleep(30_000);
  }
}
