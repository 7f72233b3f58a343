import { shortText } from '../../base/text/shortText.js';
import { OutboxDatabaseError, OutboxDiskError } from '../outboxErrors.js';
import type { OutboxLog, Snapshot } from './outboxLog.js';
import type { PinnedReplica, Replica } from './replica.js';

/** Bytes of changes that every process may read when it opens the outbox, even if the outbox is small. */
const leastBytes = 16 << 20;

/** What a process remembers of snapshots that could not be stored, under whichever lease. */
export interface FailedSnapshots {
  /** Bytes of the changes at the latest failure. 0 if a snapshot was stored since. */
  changes: number;
}

/**
 * Stores snapshots in the log, while the work goes on. One is due when the changes since the last one take as much as it
 * does, so that what is stored is at most about three times the outbox. After a failure, as many bytes must come again:
 * each try copies and packs the whole outbox.
 */
export class SnapshotMaker {
  readonly #log: OutboxLog;
  readonly #epoch: number;
  readonly #failed: FailedSnapshots;
  #changes: number;
  #snapshot: number;
  #making: Promise<void> | undefined;

  private constructor(
    log: OutboxLog,
    {
      epoch,
      failed,
      sizes,
    }: { epoch: number; failed: FailedSnapshots; sizes: Awaited<ReturnType<OutboxLog['sizes']>> },
  ) {
    this.#log = log;
    this.#epoch = epoch;
    this.#failed = failed;
    this.#changes = sizes.changes;
    this.#snapshot = sizes.snapshot;
  }

  static async begin(log: OutboxLog, epoch: number, failed: FailedSnapshots): Promise<SnapshotMaker> {
    const sizes = await log.sizes();
    // Another process has stored one.
    if (sizes.changes < failed.changes) failed.changes = 0;
    return new SnapshotMaker(log, { epoch, failed, sizes });
  }

  /**
   * Pins the replica if a snapshot is due after a change of this size, which the replica has and the log will have. If it
   * cannot be pinned, a snapshot is due later: the change must be stored all the same.
   */
  pinIfDue(replica: Pick<Replica, 'pin'>, bytes: number): PinnedReplica | undefined {
    this.#changes += bytes;
    const more = this.#changes - this.#failed.changes;
    const isDue = this.#making === undefined && more > Math.max(leastBytes, this.#snapshot);
    try {
      return isDue ? replica.pin() : undefined;
    } catch (error) {
      this.#hasFailed(error);
      return undefined;
    }
  }

  /** Begins to store what was pinned. If that fails, one is due later. */
  start(pinned: PinnedReplica, change: number): void {
    this.store(pinned, { change, dropsChanges: false }).catch((error: unknown) => this.#hasFailed(error));
  }

  /** Stores what was pinned. Must not be called while a snapshot is being stored. */
  async store(pinned: PinnedReplica, snapshot: Omit<Snapshot, 'content'>): Promise<void> {
    const making = this.#store(pinned, snapshot);
    this.#making = making
      .catch(() => undefined)
      .finally(() => {
        this.#making = undefined;
      });
    await making;
  }

  /** Resolves when no snapshot is being stored. */
  async end(): Promise<void> {
    await this.#making;
  }

  async #store(pinned: PinnedReplica, snapshot: Omit<Snapshot, 'content'>): Promise<void> {
    using replica = pinned;
    const before = this.#changes;
    let size = 0;
    const content = counting(replica.content(), (bytes) => (size += bytes));
    await this.#log.storeSnapshot(this.#epoch, { ...snapshot, content });
    // The log may have had it already.
    if (size > 0) this.#snapshot = size;
    this.#changes -= before;
    this.#failed.changes = 0;
  }

  #hasFailed(error: unknown): void {
    this.#failed.changes = this.#changes;
    // All others have to do with the end of the lease, or of the process.
    if (!(error instanceof OutboxDatabaseError || error instanceof OutboxDiskError)) return;
    process.emitWarning(
      `No snapshot of the outbox could be stored, so its log grows, and opening it takes longer: ${shortText(error.message)}`,
    );
  }
}

async function* counting(
  content: AsyncIterable<Uint8Array>,
  count: (bytes: number) => void,
): AsyncIterable<Uint8Array> {
  for await (const each of content) {
    count(each.length);
    yield each;
  }
}
