import { aborted } from '../../base/aborted.js';
import type { MonotonicClock } from '../../base/clock.js';
import { OutboxDatabaseError } from '../../outbox/index.js';
import type { LeaseView, SeenLease } from '../../outbox/index.js';

export interface StandbyOptions {
  readonly view: Pick<LeaseView, 'look' | 'length'>;
  readonly clock: MonotonicClock;
  readonly signal: AbortSignal;
  /** Called at each look. */
  readonly onSeen: (seen: SeenLease) => void;
  /** Called when the database could not be asked. It is asked again. */
  readonly onAway: (error: OutboxDatabaseError) => void;
}

/** A lease that is just over is looked at this many milliseconds later. */
const margin = 20;

/**
 * Waits until nobody delivers from a shared outbox, and returns true. Returns false at the signal. Looks about three
 * times in the length of a lease, and when the present one ends.
 * @throws {OutboxDatabaseError} if the database cannot be used, and waiting will not change that
 */
export async function standBy({ view, clock, signal, onSeen, onAway }: StandbyOptions): Promise<boolean> {
  const over = aborted(signal).then(() => 'over' as const);
  for (;;) {
    const seen = await Promise.race([over, view.look().catch(toAway)]);
    if (seen === 'over') return false;
    if (seen instanceof OutboxDatabaseError) onAway(seen);
    else {
      onSeen(seen);
      if (!seen.holder) return true;
    }
    const left = seen instanceof OutboxDatabaseError ? Infinity : (seen.holder?.left ?? 0);
    await clock.sleep(Math.min(view.length / 3, left + margin), signal);
  }
}

function toAway(error: unknown): OutboxDatabaseError {
  if (error instanceof OutboxDatabaseError && error.isPassing) return error;
  throw error;
}
