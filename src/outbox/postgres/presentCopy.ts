import { CommitQueue } from './commitQueue.js';
import type { OpenReplica } from './openReplica.js';
import type { OutboxLog } from './outboxLog.js';

/** A copy of the outbox as this process uses it. */
export interface OpenCopy {
  readonly replica: OpenReplica;
  readonly queue: CommitQueue;
}

interface CopyWork {
  /** Reads the log from its beginning. */
  readonly open: () => Promise<OpenReplica>;
  /** Stores in the log what was changed in a copy. */
  readonly store: (replica: OpenReplica) => Promise<void>;
}

/** The copy of a shared outbox that an object uses at present. It is replaced when the log is read again. */
export class PresentCopy {
  readonly #log: OutboxLog;
  readonly #work: CopyWork;
  #present: OpenCopy | undefined;
  /** The last reading of the log, or the closing. There is one at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  #leaving: Promise<void> | undefined;
  #hasGoneBack = false;

  private constructor(log: OutboxLog, work: CopyWork) {
    this.#log = log;
    this.#work = work;
  }

  static async open(log: OutboxLog, work: CopyWork): Promise<PresentCopy> {
    const copy = new PresentCopy(log, work);
    copy.#present = copy.#copyOf(await work.open());
    return copy;
  }

  /** Whether the log may lack what this object had read, as after a restored backup. */
  get hasGoneBack(): boolean {
    return this.#hasGoneBack;
  }

  get opened(): OpenCopy {
    if (!this.#present) throw new Error(`The outbox ${this.#log.name} is closed.`);
    return this.#present;
  }

  get replica(): OpenReplica {
    return this.opened.replica;
  }

  /**
   * Reads what others have stored meanwhile.
   * @throws {OutboxDatabaseError} if the log cannot be read
   */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#refresh());
  }

  /**
   * Reads the log again if this copy is still used, because it has something that could not be stored. As long as the log
   * cannot be read, the copy stays, and every flush of it fails.
   */
  leave(copy: OpenCopy): Promise<void> {
    this.#leaving ??= this.#inTurn(async () => {
      if (this.#present === copy) await this.#refresh();
    })
      .catch(() => undefined)
      .finally(() => (this.#leaving = undefined));
    return this.#leaving;
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      const present = this.#present;
      this.#present = undefined;
      await present?.replica.close();
    });
  }

  async #refresh(): Promise<void> {
    const before = this.replica;
    const followed = await before.followed(this.#log);
    this.#hasGoneBack ||= !followed;
    this.#present = this.#copyOf(followed ?? (await this.#work.open()));
    if (!followed) await before.close();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #copyOf(replica: OpenReplica): OpenCopy {
    return { replica, queue: new CommitQueue(() => this.#work.store(replica)) };
  }
}
