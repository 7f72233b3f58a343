import { systemClock } from '../../base/clock.js';
import type { MonotonicClock } from '../../base/clock.js';
import { OutboxTakenError } from '../../outbox/index.js';
import type { SharedOutbox } from '../../outbox/index.js';
import { SyncService } from '../service/syncService.js';
import type { SyncProgress } from '../syncOptions.js';
import type { SyncReport } from '../syncReport.js';
import { IdleCheck } from './idleCheck.js';
import type { InboxDelivery } from './inboxDelivery.js';
import { pumpInbox } from './pumpInbox.js';
import type { InboxRun } from './pumpInbox.js';

/** Milliseconds between two looks at the lease. */
const leasePause = 250;

/**
 * Delivers what waits in the inbox of a shared outbox, and what was open in the outbox before, as one run.
 * @throws {OutboxBusyError} if another process delivers from it
 * @throws {OutboxTakenError} when another process has taken it over; nothing more is sent
 * @throws {OutboxDatabaseError} when the database cannot be used any more; nothing more is sent
 */
export async function deliverInbox(delivery: InboxDelivery): Promise<SyncReport> {
  const { outbox, clock = systemClock, onActive } = delivery;
  const run = await opened(delivery);
  const { service, cut } = run;
  const over = new AbortController();
  const isLost = watchLease(outbox, { clock, signal: over.signal, cut });
  try {
    onActive?.();
    const report = await pumpInbox(delivery, run);
    over.abort();
    if (await isLost) throw new OutboxTakenError(outbox.name, 'another process has taken it over');
    return report;
  } catch (error) {
    // Nobody would end the run, and it would keep the lease.
    cut.abort();
    await service.ended.catch(() => undefined);
    throw error;
  } finally {
    over.abort();
  }
}

/** Until the run has begun, nothing was taken that would have to be delivered, so that the signal ends it. */
async function opened(delivery: InboxDelivery): Promise<InboxRun> {
  const { signal } = delivery;
  const idle = new IdleCheck(delivery);
  const cut = new AbortController();
  const onProgress = (progress: SyncProgress): void => {
    idle.hear(progress);
    delivery.onProgress?.(progress);
  };
  const abort = (): void => cut.abort();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return { service: await SyncService.open({ ...delivery, onProgress, signal: cut.signal }), cut, idle };
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Cuts the run off when the lease is lost, even if the run has nothing to do. Resolves with whether it was. */
async function watchLease(
  outbox: SharedOutbox,
  { clock, signal, cut }: { clock: MonotonicClock; signal: AbortSignal; cut: AbortController },
): Promise<boolean> {
  for (;;) {
    const isLost = outbox.lease?.isLost === true;
    if (isLost) cut.abort();
    if (isLost || signal.aborted) return isLost;
    await clock.sleep(leasePause, signal);
  }
}
