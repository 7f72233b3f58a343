import type { OutboxLog, Snapshot } from './outboxLog.js';
import type { PinnedReplica, Replica } from './replica.js';

/** Bytes of changes that every process may read when it opens the outbox, even if the outbox is small. */
const leastBytes = 16 << 20;

/**
 * Stores snapshots in the log, while the work goes on. One is due when the changes since the last one take as much as it
 * does, so that what is stored is at most about three times the outbox.
 */
export class SnapshotMaker {
  readonly #log: OutboxLog;
  readonly #epoch: number;
  #changes: number;
  #snapshot: number;
  #making: Promise<void> | undefined;

  private constructor(log: OutboxLog, epoch: number, sizes: { readonly changes: number; readonly snapshot: number }) {
    this.#log = log;
    this.#epoch = epoch;
    this.#changes = sizes.changes;
    this.#snapshot = sizes.snapshot;
  }

  static async begin(log: OutboxLog, epoch: number): Promise<SnapshotMaker> {
    return new SnapshotMaker(log, epoch, await log.sizes());
  }

  /** Pins the replica if a snapshot is due after a change of this size, which the replica has and the log will have. */
  pinIfDue(replica: Replica, bytes: number): PinnedReplica | undefined {
    this.#changes += bytes;
    const isDue = this.#making === undefined && this.#changes > Math.max(leastBytes, this.#snapshot);
    return isDue ? replica.pin() : undefined;
  }

  /** Begins to store what was pinned. If that fails, it is due again. */
  start(pinned: PinnedReplica, change: number): void {
    this.store(pinned, { change, dropsChanges: false }).catch(() => undefined);
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
