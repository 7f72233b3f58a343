import type { LeaseKeeper } from './leaseKeeper.js';
import type { OutboxLog } from './outboxLog.js';
import { SnapshotMaker } from './snapshotMaker.js';

/** What the process has that delivers. */
export interface HeldLog {
  readonly keeper: LeaseKeeper;
  readonly snapshots: SnapshotMaker;
  readonly helpers?: ReturnType<NonNullable<OutboxLog['helpers']>> | undefined;
}

export async function beginHolding(log: OutboxLog, keeper: LeaseKeeper): Promise<HeldLog> {
  const { epoch } = keeper.lease;
  const snapshots = await SnapshotMaker.begin(log, epoch);
  return { keeper, snapshots, helpers: log.helpers?.(epoch) };
}

/** Gives the lease back when nothing is under way any more. */
export async function endHolding({ keeper, snapshots, helpers }: HeldLog): Promise<void> {
  if (helpers) await helpers.close();
  await snapshots.end();
  await keeper.release();
}
