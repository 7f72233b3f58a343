import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../../base/clock.js';
import { refused } from '../../orgRefusal.js';
import type { OrgRefusal } from '../../orgRefusal.js';
import { Interruption } from '../../interruptedRequest.js';
import { HeldRows } from './heldRows.js';
import type { Hold } from './heldRows.js';
import { to18 } from '../ids/recordIds.js';
import { LockedRows } from './lockedRows.js';
import type { Store } from '../store.js';
import type { Change, StoreWatch } from '../storeObserver.js';

/**
 * - `rehearsing`: finds out which rows the work locks. Everything is undone.
 * - `waiting`: is undone when it reaches a held row, and done again when that row is free.
 * - `refused`: has waited too long. A held row is now an error of that row, which each resource renders in its own way.
 */
type Mode = 'rehearsing' | 'waiting' | 'refused';

/** One attempt at the work of a request. */
interface Attempt {
  readonly mode: Mode;
  /** Ids of the rows that the attempt locks. */
  readonly rows: Set<string>;
  blockedBy?: Hold;
  /** Part of the work is committed, so the work cannot be done again. */
  hasKept?: boolean;
  /** The rehearsal was undone. Later writes are refused. */
  isOver?: boolean;
}

/**
 * Milliseconds that a transaction waits for a row: about 10 s (known from practice; Salesforce publishes no number).
 */
const defaultWait = 10_000;

/**
 * Row locks. Work takes no time in this org, so requests never meet a locked row unless `run` is given a time. In that
 * case the work is done and undone to find the rows that it writes, those rows are held for the given time, and then
 * the work is done in one step. All rows are locked at the same moment, which rules out deadlocks.
 *
 * Writes outside of `run` neither take nor respect locks, because they set up an org.
 */
export class RowLocks implements StoreWatch {
  /** Milliseconds to wait for a row before the work fails with UNABLE_TO_LOCK_ROW. */
  wait = defaultWait;
  readonly #held = new HeldRows();
  readonly #attempts = new AsyncLocalStorage<Attempt>();
  readonly #lockedRows: LockedRows;
  #depth = 0;
  #underWay = 0;
  #endWatch: (() => void) | undefined;

  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;

    this.#lockedRows = new LockedRows();
  }

  /** Whether no row is held. */
  get isIdle(): boolean {
    return this.#held.size === 0;
  }

  /** Holds rows until they are released, like a long transaction. Rows that are already held stay with their holder. */
  hold(ids: readonly string[]): Hold {
    return this.#held.hold(ids.map(to18));
  }

  /**
   * Does work that writes, like a transaction of the platform: holds the rows that it writes for `time` milliseconds
   * and waits for rows that others hold. The work may be called several times, and every call but one is undone. So it
   * must change nothing but rows, and it must write before its first `await`.
   *
   * @throws {Interruption} when the signal aborts; nothing is written
   */
  async run<T>(work: () => Promise<T>, time = 0, signal?: AbortSignal): Promise<T> {
    if (time > 0) {
      const hold = await this.#take(work, signal);
      if (!hold) return this.#attempt(work, { mode: 'refused', rows: new Set() });
      await this.#clock.sleep(time, signal);
      hold.release();
      requireGoingOn(signal);
    }
    return this.#doWhenFree(work, signal);
  }

  writing(change: Change): void {
    const attempt = this.#attempts.getStore();
    if (!attempt) return;
    if (attempt.isOver) throw new Interruption('The rehearsal is over.');
    const stored = (): ReturnType<Store['get']> => this.#store.get(change.type.name, change.id);
    for (const row of this.#lockedRows.of(change, stored)) {
      const holder = this.#held.holderOf(row);
      if (!holder) attempt.rows.add(row);
      else if (attempt.mode === 'refused' || attempt.hasKept) throw unableToLock(row);
      else {
        attempt.blockedBy = holder;
        throw new Interruption(`${row} is held.`);
      }
    }
  }

  began(): void {
    this.#depth += 1;
  }

  kept(): void {
    this.#depth -= 1;
    const attempt = this.#attempts.getStore();
    if (attempt && this.#depth === 0) attempt.hasKept = true;
  }

  undone(): void {
    this.#depth -= 1;
  }

  /**
   * Holds the rows that the work locks as soon as all of them are free. Returns undefined after waiting too long.
   * Several waiters may wake at the same moment, so there is no `await` between finding the rows free and holding them.
   */
  async #take(work: () => Promise<unknown>, signal?: AbortSignal): Promise<Hold | undefined> {
    const deadline = this.#clock.now() + this.wait;
    for (;;) {
      const { rows, blockedBy } = this.#rehearse(work);
      if (!blockedBy) return this.#held.hold(rows);
      if (!(await this.#freed(blockedBy, deadline, signal))) return undefined;
    }
  }

  async #doWhenFree<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const deadline = this.#clock.now() + this.wait;
    for (;;) {
      const attempt: Attempt = { mode: 'waiting', rows: new Set() };
      const done = this.#attempt(work, attempt);
      const [result] = await Promise.allSettled([done]);
      if (!attempt.blockedBy || attempt.hasKept) return done;
      if (result.status === 'rejected' && !(result.reason instanceof Interruption)) return done;
      if (!(await this.#freed(attempt.blockedBy, deadline, signal))) {
        return this.#attempt(work, { mode: 'refused', rows: new Set() });
      }
    }
  }

  async #attempt<T>(work: () => Promise<T>, attempt: Attempt): Promise<T> {
    this.#underWay += 1;
    this.#endWatch ??= this.#store.addWatch(this);
    try {
      return await this.#attempts.run(attempt, work);
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) {
        this.#endWatch();
        this.#endWatch = undefined;
      }
    }
  }

  #rehearse(work: () => Promise<unknown>): Attempt {
    const attempt: Attempt = { mode: 'rehearsing', rows: new Set() };
    const begin = async (): Promise<void> => {
      let done: Promise<unknown> = Promise.resolve();
      try {
        this.#store.transaction(() => {
          done = work();
          throw new Interruption('A rehearsal.');
        });
      } finally {
        attempt.isOver = true;
        // The result of a rehearsal does not matter, because its writes were undone.
        await done.catch(() => undefined);
      }
    };
    this.#attempt(begin, attempt).catch(() => undefined);
    return attempt;
  }

  /** Waits until the hold is released or the deadline passes. Returns false if the deadline had already passed. */
  async #freed(hold: Hold, deadline: number, signal?: AbortSignal): Promise<boolean> {
    const patience = deadline - this.#clock.now();
    if (patience <= 0) return false;
    const over = new AbortController();
    const signals = signal ? AbortSignal.any([over.signal, signal]) : over.signal;
    await Promise.race([hold.released, this.#clock.sleep(patience, signals)]);
    over.abort();
    requireGoingOn(signal);
    return true;
  }
}

function requireGoingOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Interruption('The org ends.');
}

/** The text and row ids that orgs return. Some orgs leave out the ids. */
function unableToLock(row: string): OrgRefusal {
  return refused('UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${row}`);
}
