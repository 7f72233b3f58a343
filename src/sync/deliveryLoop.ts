import type { PositionBatch } from '../outbox/index.js';
import { BatchSupply } from './batchSupply.js';
import { BatchSender } from './batchSender.js';
import type { BulkSender } from './bulk/bulkSender.js';
import { LoopWaker } from './loopWaker.js';
import type { DeliveryState } from './deliveryState.js';
import { LookUpResolver } from './lookUpResolver.js';
import type { MemberCheck } from './memberCheck.js';
import type { MemberEnroller } from './enrollment/memberEnroller.js';
import { OpenCount } from './openCount.js';
import type { PackingChoice } from './packingChoice.js';
import type { PackingRule } from './packingRule.js';
import { ReadAhead } from './readAhead.js';
import type { RowFlow } from './rowFlow.js';
import type { IdleTime } from './syncOptions.js';

export interface DeliveryOptions {
  readonly state: DeliveryState;
  readonly memberCheck: MemberCheck;
  readonly enroller: MemberEnroller;
  readonly rule: PackingRule;
  readonly choice: PackingChoice;
  /** What is read while the delivery works. Undefined if there is nothing to read. */
  readonly flow?: RowFlow | undefined;
  readonly mostOpen?: number | undefined;
  /** Sends batches by jobs, if not by requests. */
  readonly bulk?: BulkSender | undefined;
  /** Most items of one member in a batch. */
  readonly perMember: number;
  /** Milliseconds without progress after which the delivery ends unfinished. */
  readonly wait: number;
  /** False for a dry run, which looks up members and keys but sends nothing. */
  readonly sends: boolean;
  /** Stops the delivery when the calls of the day are used up. Called before anything is started. */
  readonly keepReserve: () => void;
  /** Called after every stretch of work, and before every wait. */
  readonly onProgress: (open: number, waiting?: IdleTime) => void;
  /** Called for every stretch that was read, with the number of its rows. */
  readonly onRows: (rows: number) => void;
}

/** Most keys in one look-up. The client splits it further if the URL would be too long. */
const lookUpChunk = 1000;
/** Milliseconds. */
const longestPause = 60_000;

/**
 * Sends what the outbox owes to the org, and reads the feeds meanwhile. Whenever something has ended, it starts what can
 * be started:
 *
 * 1. look for members that were not looked for yet (beside the requests: nothing is sent for them before);
 * 2. enroll members, if the run is told to, with at most half of the requests that can be in progress;
 * 3. look up unknown items whose time has come (one look-up at a time, because two would take the same items);
 * 4. pack and send the batches that may leave;
 * 5. pack batches that leave when the next answers come, if all connections wait and answers take long;
 * 6. if there is nothing else to do, read the next stretch of the feed. On one thread this takes some milliseconds, so
 *    neither reading nor sending keeps the other from its work.
 *
 * Then it waits for something to end, or else for the time of the next waiting item. While the org is in trouble it
 * starts no call. It ends when nothing is left to do, when it is stopped, or when there was no progress for too long. It
 * always awaits what is in progress.
 */
export class DeliveryLoop {
  readonly #options: DeliveryOptions;
  readonly #waker = new LoopWaker();
  readonly #open: OpenCount;
  readonly #supply: BatchSupply | BatchSupply<PositionBatch>;
  readonly #readAhead: ReadAhead;
  readonly #resolver: LookUpResolver;
  readonly #inProgress = new Set<Promise<void>>();
  /** Batches and look-ups of items in progress. */
  #busy = 0;
  #isLookingUp = false;
  /** Enrollments in progress. They are busy, too. */
  #enrolling = 0;
  #failure: { error: unknown } | undefined;

  constructor(options: DeliveryOptions) {
    const { state } = options;
    this.#options = options;
    this.#open = new OpenCount(state);
    this.#readAhead = new ReadAhead({
      ...options,
      open: this.#open,
      preference: () => this.#supply.preference,
      onRows: (rows) => {
        options.rule.read(rows);
        options.onRows(rows);
      },
    });
    options.enroller.awaitDetailsOf(this.#readAhead);
    this.#resolver = new LookUpResolver(state);
    const sender = new BatchSender(state, this.#resolver);
    const { bulk } = options;
    const { delivery } = state;
    const supply = { ...options, open: this.#open, otherCalls: () => options.enroller.waiting };
    this.#supply = bulk
      ? new BatchSupply({
          ...supply,
          pack: (wish) => delivery.packPositions(wish),
          send: (batch) => bulk.send(batch, sender),
          takeBack: (batch) => bulk.takeBack(batch),
        })
      : new BatchSupply({
          ...supply,
          pack: (wish) => delivery.pack(wish),
          send: (...given) => sender.send(...given),
          takeBack: (batch) => sender.takeBack(batch),
        });
  }

  /**
   * Runs until the delivery ends. Failures of the org become the state of an item.
   * @throws {Error} from the outbox or a feed
   */
  async run(): Promise<void> {
    try {
      await this.#open.count();
      while (!this.#ended) if (!(await this.#step())) break;
    } catch (error) {
      this.#failure ??= { error };
    } finally {
      await this.#readAhead.end();
      await Promise.all(this.#inProgress);
      // After a failure, the next process finds out that they have not left.
      if (!this.#failure) await this.#supply.takeBack();
      this.#options.onProgress(this.#open.now);
    }
    if (this.#failure) throw this.#failure.error;
  }

  get #ended(): boolean {
    return this.#options.state.isOver || this.#failure !== undefined;
  }

  /** Starts what can be started, or waits. Returns false if nothing is left to do. */
  async #step(): Promise<boolean> {
    this.#waker.reset();
    this.#options.keepReserve();
    if (this.#ended) return false;
    const since = this.#options.state.clock.monotonic();
    if (await this.#startCalls()) {
      // Its bytes leave before more is packed.
      if (this.#options.state.pace.hasLongAnswers) await turn();
      return true;
    }
    await this.#readOn();
    if (this.#inProgress.size === 0 && !this.#waker.isAwake) return this.#waitForDue();
    await this.#somethingEnds(since);
    return true;
  }

  async #startCalls(): Promise<boolean> {
    const { state, memberCheck } = this.#options;
    const { clock, pace } = state;
    if (clock.monotonic() < pace.quietUntil) return false;
    const check = await memberCheck.next(this.#isGathering);
    if (check) this.#start(check);
    const isEnrolling = this.#startEnrollments();
    const free = Math.max(1, pace.concurrency) - this.#busy;
    const isSending = free > 0 && ((await this.#startLookUp()) || (await this.#startBatches(free)));
    return isSending || isEnrolling || check !== undefined || (free <= 0 && (await this.#packAhead()));
  }

  async #packAhead(): Promise<boolean> {
    const { sends, state, bulk } = this.#options;
    return sends && !bulk && state.isControlled && this.#supply.packAhead(this.#readAhead.isLive);
  }

  #startEnrollments(): boolean {
    const { enroller, state } = this.#options;
    const most = Math.max(1, Math.floor(state.pace.concurrency / 2));
    let isStarted = false;
    while (this.#enrolling < most && this.#busy < Math.max(1, state.pace.concurrency)) {
      const call = enroller.next();
      if (!call) break;
      isStarted = true;
      this.#enrolling += 1;
      this.#startBusy(() => call().finally(() => (this.#enrolling -= 1)));
    }
    return isStarted;
  }

  /** Where few calls are preferred, nothing leaves before everything is read. */
  get #isGathering(): boolean {
    // The preference comes last: it looks at all queues.
    return this.#readAhead.isFlowing && !this.#readAhead.isLive && this.#supply.preference === 'calls';
  }

  async #startLookUp(): Promise<boolean> {
    const { delivery, clock } = this.#options.state;
    if (this.#isLookingUp) return false;
    const due = await delivery.dueUnknown(clock.monotonic(), lookUpChunk);
    if (due.length === 0) return false;
    this.#isLookingUp = true;
    this.#startBusy(async () => {
      await this.#resolver.resolve(due).finally(() => (this.#isLookingUp = false));
    });
    return true;
  }

  /** Until the org has shown what it confirmed, requests leave one at a time. */
  async #startBatches(free: number): Promise<boolean> {
    const { sends, state, memberCheck, enroller } = this.#options;
    const isAlone = this.#busy === 0;
    if (!sends || (!isAlone && !state.isControlled)) return false;
    const { isLive, isFlowing } = this.#readAhead;
    const isFilling = isFlowing || (!isLive && (memberCheck.isAsking || enroller.isBusy));
    const dispatches = await this.#supply.next({ free: state.isControlled ? free : 1, isAlone, isFilling, isLive });
    if (!isFilling) this.#readAhead.flushed();
    for (const dispatch of dispatches) this.#startBusy(dispatch);
    return dispatches.length > 0;
  }

  /** Starts work that counts against the concurrency until it has ended, or calls `answered`. */
  #startBusy(work: (answered: () => void) => Promise<void>): void {
    let isCounted = true;
    this.#busy += 1;
    const free = (): void => {
      if (isCounted) this.#busy -= 1;
      isCounted = false;
    };
    const answered = (): void => {
      free();
      this.#waker.wake();
    };
    this.#start(() => work(answered).finally(free));
  }

  #start(work: () => Promise<void>): void {
    const task = work()
      .then(() => {
        this.#options.onProgress(this.#open.now);
      })
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#inProgress.delete(task);
        this.#waker.wake();
      });
    this.#inProgress.add(task);
  }

  /** Reads on, unless answers have arrived meanwhile or are being stored. */
  async #readOn(): Promise<void> {
    if (!this.#readAhead.mayReadOn) return;
    // What was just started sends its bytes first.
    await turn();
    if (!this.#waker.isAwake && !this.#options.state.isStoring) this.#start(() => this.#readAhead.readOn());
  }

  /**
   * While nothing but a feed is waited for, which may take long, an item may become due.
   * @param since when it was last asked what can be started: a time that has passed since then is not waited for
   */
  async #somethingEnds(since: number): Promise<void> {
    const { state } = this.#options;
    const { isReading, isLive } = this.#readAhead;
    if (!isReading || (this.#inProgress.size > 1 && !isLive)) return this.#waker.woken();
    const due = (await this.#nextDue()) ?? Infinity;
    const now = state.clock.monotonic();
    const times = [due, state.pace.quietUntil, this.#readAhead.slowAt].filter((time) => time > since);
    // Nothing but the reading is in progress.
    if (isLive && this.#inProgress.size <= 1) await this.#tellWait(due, now);
    const awake = new AbortController();
    const pause = state.clock.sleep(Math.max(0, Math.min(...times, now + longestPause) - now), awake.signal);
    await Promise.race([this.#waker.woken(), pause]);
    awake.abort();
  }

  /** Somebody who looks at a service wants to know why nothing moves. */
  async #tellWait(due: number, now: number): Promise<void> {
    const milliseconds = Math.max(due, this.#options.state.pace.quietUntil) - now;
    if (milliseconds > 0 && milliseconds < Infinity)
      this.#options.onProgress(this.#open.now, await this.#idleTime(due, milliseconds));
  }

  async #waitForDue(): Promise<boolean> {
    const { state, wait } = this.#options;
    const due = this.#supply.hasAhead ? state.clock.monotonic() : await this.#nextDue();
    if (due === undefined) return this.#readBeyond();
    const until = Math.max(due, state.pace.quietUntil);
    if (until > state.progressedAt + wait && !this.#readAhead.isLive) return false;
    const pause = until - state.clock.monotonic();
    if (pause <= 0) return true;
    this.#options.onProgress(this.#open.now, await this.#idleTime(due, pause));
    await state.clock.sleep(pause, state.signal);
    return true;
  }

  /** When there is something to do next: undefined if nothing is left. */
  async #nextDue(): Promise<number | undefined> {
    const { state, sends, enroller } = this.#options;
    const due = await state.delivery.nextDue(sends);
    const enrolls = enroller.nextDue;
    return due === undefined || enrolls === undefined ? (due ?? enrolls) : Math.min(due, enrolls);
  }

  /**
   * Nothing that is open can move before a person decides. If reading pauses, waiting would not make room, so it goes
   * on.
   */
  #readBeyond(): boolean {
    if (!this.#readAhead.hasRest) return false;
    this.#start(() => this.#readAhead.readOn());
    return true;
  }

  /**
   * Returns how long to say that the delivery waits. What an earlier process may still be sending is looked up before the
   * end of that wait, too, but nothing leaves before it.
   */
  async #idleTime(due: number, milliseconds: number): Promise<IdleTime> {
    const { absentCountsFrom, clock, delivery, pace } = this.#options.state;
    if (pace.quietUntil >= due) return { milliseconds, reason: 'org' };
    const isInDoubt = this.#options.enroller.isInDoubt(due) || (await delivery.dueUnknown(due, 1)).length > 0;
    if (!isInDoubt) return { milliseconds, reason: 'locked' };
    if (absentCountsFrom < due) return { milliseconds, reason: 'underWay' };
    return { milliseconds: absentCountsFrom - clock.monotonic(), reason: 'earlierProcess' };
  }
}

/** Resolves after what is ready to run in this turn of the event loop. */
function turn(): Promise<void> {
  return new Promise(setImmediate);
}
