import type { LeaseKeeper } from './leaseKeeper.js';
import type { OutboxLog, OwnRelay } from './outboxLog.js';
import { SnapshotMaker } from './snapshotMaker.js';
import type { FailedSnapshots } from './snapshotMaker.js';

/** What a process has while it has the lease. */
export interface Holding {
  readonly keeper: LeaseKeeper;
  readonly snapshots: SnapshotMaker;
  readonly relay?: OwnRelay | undefined;
}

/** @throws {OutboxDatabaseError} if the database cannot be used; the lease is still held then */
export async function beginHolding(log: OutboxLog, keeper: LeaseKeeper, failed: FailedSnapshots): Promise<Holding> {
  const { epoch } = keeper.lease;
  const snapshots = await SnapshotMaker.begin(log, epoch, failed);
  return { keeper, snapshots, relay: await log.relay?.(epoch) };
}

/**
 * Ends the relay, whose requests under way count as maybe sent, waits for a snapshot in progress, and gives the lease back.
 */
export async function endHolding({ keeper, snapshots, relay }: Holding): Promise<void> {
  try {
    if (relay) await relay.close();
  } finally {
    await snapshots.end();
    await keeper.release();
  }
}
