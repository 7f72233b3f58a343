import type { MonotonicClock } from '../../base/clock.js';
import { OutboxTakenError } from '../outboxErrors.js';
import type { Lease, OutboxLog } from './outboxLog.js';

/** What the process that delivers knows of its lease. */
export interface HeldLease {
  /** How long it lasts if it cannot be renewed, in milliseconds. Not above 0 if it has ended. */
  readonly left: number;
  /** Whether somebody else has it. */
  readonly isLost: boolean;
}

/**
 * The lease of a shared outbox, kept until it is released. What is left of it is measured on this process's monotonic
 * clock, from before it was asked for: a process that was stopped for a while finds it over when it goes on.
 */
export class LeaseKeeper {
  readonly #log: OutboxLog;
  readonly #clock: MonotonicClock;
  readonly #ended = new AbortController();
  #until: number;
  #lost: OutboxTakenError | undefined;

  private constructor(
    log: OutboxLog,
    clock: MonotonicClock,
    readonly lease: Lease,
    askedAt: number,
  ) {
    this.#log = log;
    this.#clock = clock;
    this.#until = askedAt + lease.length;
    void this.#renewing();
  }

  /** @throws {OutboxBusyError} when somebody has it */
  static async acquire(log: OutboxLog, clock: MonotonicClock): Promise<LeaseKeeper> {
    const { lease, askedAt } = await acquired(log, clock);
    return new LeaseKeeper(log, clock, lease, askedAt);
  }

  /** @throws {OutboxTakenError} when it is lost, or nobody can tell */
  mustBeHeld(): void {
    if (this.#lost !== undefined) throw this.#lost;
    if (this.#clock.monotonic() < this.#until) return;
    throw new OutboxTakenError(this.#log.name, 'its lease has ended before it could be renewed');
  }

  /** How long it lasts if it cannot be renewed, in milliseconds. Not above 0 if it has ended, or is lost. */
  get left(): number {
    return this.isLost ? 0 : this.#until - this.#clock.monotonic();
  }

  /** Whether the log has said that somebody else has it. */
  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /**
   * The log has renewed the lease with something that was asked for at this time of the monotonic clock. If the answer took
   * longer than a lease lasts, it says only that nobody else had taken the lease: then it is renewed once more.
   * @throws {OutboxTakenError} when it is lost
   * @throws {OutboxDatabaseError} if it cannot be renewed
   */
  async renewed(askedAt: number): Promise<void> {
    this.#extend(askedAt);
    if (this.left > 0 || this.#ended.signal.aborted) return;
    const again = this.#clock.monotonic();
    await this.#log.renew(this.lease.epoch);
    this.#extend(again);
  }

  /** Gives it back. One that cannot be given back ends by itself. */
  async release(): Promise<void> {
    this.#ended.abort();
    if (this.#lost === undefined) await this.#log.release(this.lease.epoch).catch(() => undefined);
  }

  #extend(askedAt: number): void {
    this.#until = Math.max(this.#until, askedAt + this.lease.length);
  }

  async #renewing(): Promise<void> {
    const { signal } = this.#ended;
    for (;;) {
      await this.#clock.sleep(Math.floor(this.lease.length / 3), signal);
      if (signal.aborted) return;
      const askedAt = this.#clock.monotonic();
      try {
        await this.#log.renew(this.lease.epoch);
        await this.renewed(askedAt);
      } catch (error) {
        // `mustBeHeld` tells the next one who asks. A database that is away may come back before the lease is needed.
        if (!(error instanceof OutboxTakenError)) continue;
        this.#lost = error;
        return;
      }
    }
  }
}

async function acquired(log: OutboxLog, clock: MonotonicClock): Promise<{ lease: Lease; askedAt: number }> {
  const lease = await log.acquire();
  // It may have waited for an earlier lease to end, so that the time before it was asked for says nothing.
  const askedAt = clock.monotonic();
  try {
    await log.renew(lease.epoch);
  } catch (error) {
    // Otherwise all others would wait until it ends.
    await log.release(lease.epoch).catch(() => undefined);
    throw error;
  }
  return { lease, askedAt };
}
