import type { MonotonicClock } from '../../base/clock.js';
import type { FollowedOutbox, Inbox } from '../../outbox/index.js';
import { toKeyOutcome } from '../service/pushResult.js';
import type { KeyOutcome } from '../service/pushResult.js';
import type { StoredKey } from '../service/pushService.js';

/** Milliseconds between two readings of the log, and so the age of an answer. */
const interval = 1000;

export interface FollowedOutcomesOptions {
  readonly inbox: Pick<Inbox, 'find'>;
  /** Opens a copy of the outbox, to read from. */
  readonly open: () => Promise<FollowedOutbox>;
  readonly clock: MonotonicClock;
}

/**
 * Tells what became of transactions, in a process that does not deliver them: from the inbox, and from a copy of the
 * outbox that is read when somebody asks, at most once a second.
 */
export class FollowedOutcomes {
  readonly #options: FollowedOutcomesOptions;
  readonly #end = new AbortController();
  #outbox: FollowedOutbox | undefined;
  /** When the last complete reading began, by the monotonic clock. */
  #readAt = -Infinity;
  #reading: Promise<void> | undefined;

  constructor(options: FollowedOutcomesOptions) {
    this.#options = options;
  }

  /**
   * Returns the state of a transaction, which may be a second old. Undefined if it is neither in the inbox nor in the
   * outbox, which is certain.
   * @throws {OutboxDatabaseError} if the database cannot be asked
   */
  async outcome(key: string): Promise<KeyOutcome | StoredKey | undefined> {
    const askedAt = this.#options.clock.monotonic();
    const waiting = await this.#options.inbox.find(key);
    if (waiting) return { key, member: waiting.member, is: 'stored', isOpen: true };
    const absentAt = this.#options.clock.monotonic();
    const recent = await (await this.#readSince(askedAt - interval)).find(key);
    // What is in neither of them was perhaps taken since the last reading, but before it was looked for in the inbox.
    const found = recent ?? (await (await this.#readSince(absentAt)).find(key));
    return found && toKeyOutcome(found);
  }

  async close(): Promise<void> {
    this.#end.abort();
    await this.#reading?.catch(() => undefined);
    await this.#outbox?.close();
  }

  /** Returns the outbox as it was at some time after this one. */
  async #readSince(time: number): Promise<FollowedOutbox> {
    for (;;) {
      if (this.#outbox && this.#readAt >= time) return this.#outbox;
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
  }

  async #read(): Promise<void> {
    const { clock, open } = this.#options;
    await clock.sleep(Math.max(0, this.#readAt + interval - clock.monotonic()), this.#end.signal);
    this.#end.signal.throwIfAborted();
    const began = clock.monotonic();
    if (this.#outbox) await this.#refresh(this.#outbox);
    else this.#outbox = await open();
    this.#readAt = began;
  }

  /** A copy that cannot follow is opened again by the next one who asks. */
  async #refresh(outbox: FollowedOutbox): Promise<void> {
    try {
      await outbox.refresh();
    } catch (error) {
      this.#outbox = undefined;
      await outbox.close();
      throw error;
    }
  }
}
