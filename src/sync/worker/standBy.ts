import { aborted } from '../../base/aborted.js';
import type { MonotonicClock } from '../../base/clock.js';
import { OutboxDatabaseError } from '../../outbox/index.js';
import type { LeaseView, SeenLease } from '../../outbox/index.js';
import type { StandbyCopy } from './standbyCopy.js';

export interface StandbyOptions {
  readonly view: Pick<LeaseView, 'look' | 'length'>;
  readonly clock: MonotonicClock;
  readonly signal: AbortSignal;
  /** Follows the outbox meanwhile. Default: whoever delivers next reads all of it first. */
  readonly copy?: Pick<StandbyCopy, 'follow'> | undefined;
  /** Called at each look, when the copy has followed. */
  readonly onSeen: (seen: SeenLease) => void;
  /** Called when the database could not be asked. It is asked again, unless this throws. */
  readonly onAway: (error: OutboxDatabaseError) => void;
}

/** A lease that is just over is looked at this many milliseconds later. */
const margin = 20;

/**
 * Waits until nobody delivers from a shared outbox, and returns true. Returns false at the signal. Looks about three
 * times in the length of a lease, and when the present one ends.
 * @throws {OutboxDatabaseError} if the database cannot be used, and waiting will not change that
 * @throws {OutboxDamagedError} if the copy cannot follow
 */
export async function standBy(options: StandbyOptions): Promise<boolean> {
  const { view, clock, signal, onSeen, onAway } = options;
  const over = aborted(signal).then(() => 'over' as const);
  for (;;) {
    const lookedAt = clock.monotonic();
    const seen = await Promise.race([over, look(options).catch(toAway)]);
    if (seen === 'over') return false;
    let pause = view.length / 3;
    if (seen instanceof OutboxDatabaseError) onAway(seen);
    else {
      onSeen(seen);
      if (!seen.holder) return true;
      pause = Math.min(pause, seen.holder.left + margin) - (clock.monotonic() - lookedAt);
    }
    await clock.sleep(Math.max(0, pause), signal);
  }
}

async function look({ view, copy, signal }: StandbyOptions): Promise<SeenLease> {
  const seen = await view.look();
  // Whoever delivers now reads the rest when it has the lease.
  if (seen.holder && !signal.aborted) await copy?.follow(seen.change);
  return seen;
}

function toAway(error: unknown): OutboxDatabaseError {
  if (error instanceof OutboxDatabaseError && error.isPassing) return error;
  throw error;
}
