import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../../base/clock.js';
import { type ApiError, refused } from '../../apiError.js';
import { Interruption } from '../../interruption.js';
import { HeldRows, type Hold } from './heldRows.js';
import { to18 } from '../ids/ids.js';
import { LockedRows } from './lockedRows.js';
import type { Store } from '../store.js';
import type { Change, StoreWatch } from '../watch.js';

/**
 * - `rehearsing`: finds out which rows the work takes; everything is undone.
 * - `waiting`: undone when it meets a held row, to be done again when that is free.
 * - `refused`: has waited for too long: a held row is an error of the row, which the resource renders in its own way.
 */
type Mode = 'rehearsing' | 'waiting' | 'refused';

/** One attempt at the work of a request. */
interface Attempt {
  readonly mode: Mode;
  /** Those that it takes. */
  readonly rows: Set<string>;
  blockedBy?: Hold;
  /** Something of it is visible already, so that it cannot be done again. */
  hasKept?: boolean;
  /** A rehearsal that has been undone: what it does from now on counts for nothing. */
  isOver?: boolean;
}

/** How long a transaction waits for a row: about 10 s (platform practice, long-standing, not published as a number). */
const defaultWait = 10_000;

/**
 * Row locks. Work takes no time here, so nobody ever meets a locked row, unless time is planned: then the rows that the
 * work will write are found out by doing it and undoing it, are held for that time, and the work is done in one go.
 * Rows are taken all at once, so that there are no deadlocks.
 *
 * Writes from outside of `run` take no locks and mind none: that is how an org is set up.
 */
export class RowLocks implements StoreWatch {
  /** Milliseconds that work waits for a row before it fails with UNABLE_TO_LOCK_ROW. */
  public wait = defaultWait;
  readonly #held = new HeldRows();
  readonly #attempts = new AsyncLocalStorage<Attempt>();
  readonly #lockedRows: LockedRows;
  #depth = 0;
  #underWay = 0;
  #endWatch: (() => void) | undefined;

  public constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {
    this.#lockedRows = new LockedRows();
  }

  /** True when no row is held. */
  public get isIdle(): boolean {
    return this.#held.size === 0;
  }

  /** Holds rows until they are released, like a transaction that takes long. Rows that are held stay with their holder. */
  public hold(ids: readonly string[]): Hold {
    return this.#held.hold(ids.map(to18));
  }

  /**
   * Does work that writes, as a transaction of the platform: it holds what it writes for `time` milliseconds and waits
   * for what others hold. The work may be done more than once, and all but once is undone: it must leave no trace but
   * rows, and write before it awaits anything.
   *
   * @throws Interruption when the signal aborts; nothing is written
   */
  public async run<T>(work: () => Promise<T>, time = 0, signal?: AbortSignal): Promise<T> {
    if (time > 0) {
      const hold = await this.#take(work, signal);
      if (!hold) return this.#attempt(work, { mode: 'refused', rows: new Set() });
      await this.clock.sleep(time, signal);
      hold.release();
      requireGoingOn(signal);
    }
    return this.#doWhenFree(work, signal);
  }

  public writing(change: Change): void {
    const attempt = this.#attempts.getStore();
    if (!attempt) return;
    if (attempt.isOver) throw new Interruption('The rehearsal is over.');
    const stored = (): ReturnType<Store['get']> => this.store.get(change.type.name, change.id);
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

  public began(): void {
    this.#depth += 1;
  }

  public kept(): void {
    this.#depth -= 1;
    const attempt = this.#attempts.getStore();
    if (attempt && this.#depth === 0) attempt.hasKept = true;
  }

  public undone(): void {
    this.#depth -= 1;
  }

  /**
   * Holds the rows that the work takes, as soon as all of them are free; undefined when it has waited for too long.
   * Others may wake for the same row at the same moment, so nothing is awaited between finding it free and holding it.
   */
  async #take(work: () => Promise<unknown>, signal?: AbortSignal): Promise<Hold | undefined> {
    const deadline = this.clock.now() + this.wait;
    for (;;) {
      const { rows, blockedBy } = this.#rehearse(work);
      if (!blockedBy) return this.#held.hold(rows);
      if (!(await this.#freed(blockedBy, deadline, signal))) return undefined;
    }
  }

  async #doWhenFree<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const deadline = this.clock.now() + this.wait;
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
    this.#endWatch ??= this.store.addWatch(this);
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
        this.store.transaction(() => {
          done = work();
          throw new Interruption('A rehearsal.');
        });
      } finally {
        attempt.isOver = true;
        // Whatever it ends with: it has not happened.
        await done.catch(() => undefined);
      }
    };
    this.#attempt(begin, attempt).catch(() => undefined);
    return attempt;
  }

  /** False when the deadline came first. */
  async #freed(hold: Hold, deadline: number, signal?: AbortSignal): Promise<boolean> {
    const patience = deadline - this.clock.now();
    if (patience <= 0) return false;
    const over = new AbortController();
    const signals = signal ? AbortSignal.any([over.signal, signal]) : over.signal;
    await Promise.race([hold.released, this.clock.sleep(patience, signals)]);
    over.abort();
    requireGoingOn(signal);
    return true;
  }
}

function requireGoingOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Interruption('The org ends.');
}

/** Text as orgs answer it, with the ids of the rows; some answer without. */
function unableToLock(row: string): ApiError {
  return refused('UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${row}`);
}
