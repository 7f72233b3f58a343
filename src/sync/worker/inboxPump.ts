import type { MonotonicClock } from '../../base/clock.js';
import type { PostgresInbox, SharedOutbox } from '../../outbox/index.js';
import type { SyncService } from '../service/syncService.js';

export interface InboxPumpOptions {
  readonly inbox: Pick<PostgresInbox, 'first' | 'remove'>;
  /** The outbox of the service, if it is a shared one. */
  readonly outbox?: Pick<SharedOutbox, 'place'> | undefined;
  readonly service: Pick<SyncService, 'take' | 'canPush' | 'closed'>;
  readonly clock: MonotonicClock;
  /** Called when entries have been stored in the outbox and removed. */
  readonly onTaken?: ((taken: TakenEntries) => void) | undefined;
  /** Called whenever nothing waits, or nothing more can be taken. */
  readonly onPause?: ((isEmpty: boolean) => Promise<void>) | undefined;
}

export interface TakenEntries {
  readonly entries: number;
  readonly transactions: number;
}

const entriesAtOnce = 500;
/** Milliseconds between two looks when there is nothing to take. */
const firstPause = 20;
const longestPause = 500;

/**
 * Moves what waits in an inbox into a service, in its order, as fast as the service takes it. An entry is removed when
 * all of it is stored. If the process dies before, the next one takes it again, and the outbox knows the keys.
 */
export class InboxPump {
  readonly #options: InboxPumpOptions;

  constructor(options: InboxPumpOptions) {
    this.#options = options;
  }

  /**
   * Works until the signal. What is being stored then is stored and removed.
   * @throws {OutboxDatabaseError} if the inbox cannot be used
   * @throws {ServiceClosedError} when the service has ended
   * @throws {ServiceStoppedError} when its run has stopped
   */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    for (let pause = firstPause; !signal.aborted;) {
      if (await this.#takeSome()) {
        pause = firstPause;
        continue;
      }
      await clock.sleep(pause, signal);
      pause = Math.min(2 * pause, longestPause);
    }
  }

  /** Returns whether there may be more to take at once. */
  async #takeSome(): Promise<boolean> {
    const { inbox, outbox, service, onTaken, onPause } = this.#options;
    if (service.closed) throw service.closed;
    if (!service.canPush) {
      await onPause?.(false);
      return false;
    }
    const entries = await inbox.first(entriesAtOnce);
    const last = entries.at(-1);
    if (!last) {
      await onPause?.(true);
      return false;
    }
    const transactions = entries.flatMap((entry) => entry.transactions);
    await Promise.all(transactions.map((transaction) => service.take(transaction)));
    await inbox.remove(last.number, outbox?.place);
    onTaken?.({ entries: entries.length, transactions: transactions.length });
    return true;
  }
}
