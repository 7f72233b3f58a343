import type { MonotonicClock } from '../../base/clock.js';
import type { LogPlace } from '../inbox.js';
import { OutboxBusyError } from '../outboxErrors.js';
import type { Holding } from './holding.js';
import { LeaseKeeper } from './leaseKeeper.js';
import type { OpenReplica } from './openReplica.js';
import { samePosition } from './outboxLog.js';
import type { OutboxLog } from './outboxLog.js';
import type { OpenCopy } from './presentCopy.js';
import { SnapshotMaker } from './snapshotMaker.js';
import type { FailedSnapshots } from './snapshotMaker.js';

/** Stores in the log of a shared outbox what this process changes. */
export class LogWriter {
  readonly #log: OutboxLog;
  readonly #clock: MonotonicClock;
  readonly #failed: FailedSnapshots;
  #place: LogPlace | undefined;

  constructor(log: OutboxLog, clock: MonotonicClock, failed: FailedSnapshots) {
    this.#log = log;
    this.#clock = clock;
    this.#failed = failed;
  }

  /** Where the log was when this process stored something under a lease, or took it. Undefined if it never did. */
  get place(): LogPlace | undefined {
    return this.#place;
  }

  /** This process has taken the lease, and has all of the log. */
  begin({ lease }: LeaseKeeper): void {
    this.#place = { epoch: lease.epoch, change: lease.last.number };
  }

  async append(open: OpenReplica, { keeper, snapshots }: Holding): Promise<void> {
    const changes = open.take();
    const change = { ...changes, number: open.change + 1 };
    // Pinned at once: what is changed from now on is not in this change.
    const pinned = snapshots.pinIfDue(open.replica, changes.patch.length);
    const askedAt = this.#clock.monotonic();
    try {
      await this.#log.append(keeper.lease.epoch, change);
    } catch (error) {
      pinned?.[Symbol.dispose]();
      throw error;
    }
    open.stored(keeper.lease.epoch);
    this.#place = { epoch: keeper.lease.epoch, change: open.change };
    if (pinned) snapshots.start(pinned, change.number);
    await keeper.renewed(askedAt);
  }

  /**
   * Stores something outside of a lock, but only if nobody else has stored anything meanwhile.
   * @throws {OutboxBusyError} if somebody has, or has the lease; nothing is stored then
   */
  async appendAlone(open: OpenReplica): Promise<void> {
    const keeper = await LeaseKeeper.acquire(this.#log, this.#clock);
    try {
      if (!samePosition(keeper.lease.last, open.position))
        throw new OutboxBusyError(this.#log.name, 'another process, which has changed it meanwhile');
      const snapshots = await SnapshotMaker.begin(this.#log, keeper.lease.epoch, this.#failed);
      await this.append(open, { keeper, snapshots });
      // Needs the lease, and the copy, which may be closed next.
      await snapshots.end();
    } finally {
      await keeper.release();
    }
  }

  /** Replaces the whole log by a snapshot. */
  async replaceLog({ queue, replica }: OpenCopy, { snapshots }: Holding): Promise<void> {
    do {
      await queue.flush();
      await snapshots.end();
      // Another caller may have changed something meanwhile, which the snapshot would have before the log has it.
    } while (replica.isAhead);
    const { change } = replica;
    await snapshots.store(replica.replica.pin(), { change, dropsChanges: true });
    if (replica.change === change) replica.compacted();
  }
}
