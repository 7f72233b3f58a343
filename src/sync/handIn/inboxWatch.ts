import type { MonotonicClock } from '../../base/clock.js';
import { OutboxDatabaseError } from '../../outbox/index.js';
import type { Inbox, InboxBacklog } from '../../outbox/index.js';
import type { HandInServiceOptions } from './handInOptions.js';

/** Milliseconds between two looks. */
const interval = 1000;

interface InboxWatchOptions extends Pick<HandInServiceOptions, 'onBacklog' | 'onAway'> {
  readonly inbox: Pick<Inbox, 'backlog'>;
  readonly clock: MonotonicClock;
}

/** Looks at an inbox again and again: how much waits, and whether its database can be used. */
export class InboxWatch {
  readonly #options: InboxWatchOptions;
  readonly #end = new AbortController();
  readonly #watching: Promise<void>;
  #waits = 0;
  #away: OutboxDatabaseError | undefined;

  constructor(options: InboxWatchOptions) {
    this.#options = options;
    this.#watching = this.#watch();
  }

  /** Transactions in the inbox, at the last look. */
  get waits(): number {
    return this.#waits;
  }

  /** Why the database cannot be used. */
  get away(): OutboxDatabaseError | undefined {
    return this.#away;
  }

  /** Somebody has used the inbox. @param error why it failed */
  used(error?: unknown): void {
    const away = error instanceof OutboxDatabaseError ? error : undefined;
    const isNews = (away === undefined) !== (this.#away === undefined);
    this.#away = away;
    if (isNews) this.#options.onAway?.(away);
  }

  async end(): Promise<void> {
    this.#end.abort();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      const backlog = await this.#look();
      if (backlog) this.#options.onBacklog?.(backlog);
      await this.#options.clock.sleep(interval, signal);
    }
  }

  async #look(): Promise<InboxBacklog | undefined> {
    try {
      const backlog = await this.#options.inbox.backlog();
      this.used();
      this.#waits = backlog.transactions;
      return backlog;
    } catch (error) {
      if (!this.#end.signal.aborted) this.used(error);
      return undefined;
    }
  }
}
