import PQueue from 'p-queue';
import type { DeliveryState } from './deliveryState.js';
import type { MemberCheck } from './memberCheck.js';
import { Resolver } from './lookUpResolver.js';
import { Sender } from './batchSender.js';
import type { WaitReason } from './syncOptions.js';

export interface DeliveryOptions {
  readonly state: DeliveryState;
  readonly memberCheck: MemberCheck;
  /** Milliseconds without progress after which the delivery ends unfinished. */
  readonly wait: number;
  /** False for a dry run, which looks up members and keys but sends nothing. */
  readonly sends: boolean;
  /** Called after every stretch of work, and before every wait. */
  readonly onProgress: (open: number, waiting?: IdleTime) => void;
}

/** How long nothing can be done, and why. */
export interface IdleTime {
  readonly milliseconds: number;
  readonly reason: WaitReason;
}

type Task = () => Promise<void>;

/** Most keys in one look-up. The client splits it further if the URL would be too long. */
const lookUpChunk = 1000;
const memberChunk = 2000;

/**
 * Sends what the outbox owes to the org. It repeats the first step of this list that has work. Each step is a task in
 * the queue, so several are in progress at a time:
 *
 * 1. look up unknown items whose time has come (one look-up at a time);
 * 2. look for members that were not looked for yet (one query at a time);
 * 3. pack and send a batch.
 *
 * Without work it waits for a task to end, or else for the time of the next waiting item. While the org is in trouble
 * it starts nothing. It ends when nothing is left to do, when it is stopped, or when there was no progress for too
 * long. It always awaits tasks in progress.
 *
 * **When a batch may leave.** At best a run needs `max(⌈open / size⌉, longest queue)` requests. While no request is in
 * progress, any batch may leave: the longest queues are packed first, which reaches that bound. Beside other requests a
 * batch leaves only if it is full and the number of open items, not the longest queue, sets the bound. Otherwise a
 * batch without the longest queue would be one request too many.
 */
export class DeliveryLoop {
  readonly #options: DeliveryOptions;
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #sender: Sender;
  readonly #resolver: Resolver;
  readonly #busy = new Set<string>();
  #failure: { error: unknown } | undefined;
  #openAtStart = 0;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#sender = new Sender(options.state);
    this.#resolver = new Resolver(options.state);
  }

  /** Runs until the delivery ends. Failures of the org become the state of an item. @throws {Error} from the outbox */
  async run(): Promise<void> {
    const { state, onProgress } = this.#options;
    this.#openAtStart = await state.delivery.open();
    try {
      while (!this.#ended) if (!(await this.#step())) break;
    } finally {
      await this.#queue.onIdle();
      onProgress(this.#open);
    }
    if (this.#failure) throw this.#failure.error;
  }

  get #ended(): boolean {
    return this.#options.state.isOver || this.#failure !== undefined;
  }

  get #open(): number {
    return this.#openAtStart - this.#options.state.settled;
  }

  /** Starts the next step. Returns false if nothing is left to do. */
  async #step(): Promise<boolean> {
    this.#queue.concurrency = Math.max(1, this.#options.state.pace.concurrency);
    const free = this.#queue.concurrency - this.#queue.pending;
    const tasks = free > 0 ? await this.#nextTasks(free) : [];
    for (const task of tasks) this.#start(task);
    if (tasks.length > 0) return true;
    if (this.#queue.pending === 0) return this.#waitForDue();
    await new Promise((resolve) => {
      this.#queue.addEventListener('next', resolve, { once: true });
    });
    // Answers arrive in bursts. All tasks that end in this turn get their next batch packed in the same commit.
    await new Promise(setImmediate);
    return true;
  }

  async #nextTasks(count: number): Promise<Task[]> {
    const { clock, pace } = this.#options.state;
    if (clock.monotonic() < pace.quietUntil) return [];
    const first = (await this.#lookUpTask()) ?? (await this.#memberTask());
    return first ? [first] : this.#sendTasks(count);
  }

  async #lookUpTask(): Promise<Task | undefined> {
    const { state } = this.#options;
    if (this.#busy.has('look-up')) return undefined;
    const due = await state.delivery.dueUnknown(state.clock.monotonic(), lookUpChunk);
    return due.length === 0 ? undefined : this.#alone('look-up', () => this.#resolver.resolve(due));
  }

  async #memberTask(): Promise<Task | undefined> {
    const { state, memberCheck } = this.#options;
    if (this.#busy.has('members')) return undefined;
    const members = await state.delivery.uncheckedMembers(memberChunk);
    return members.length === 0 ? undefined : this.#alone('members', () => memberCheck.check(members));
  }

  async #sendTasks(count: number): Promise<Task[]> {
    if (!this.#options.sends) return [];
    const { delivery, clock, pace } = this.#options.state;
    const size = pace.batchSize;
    const isAlone = this.#queue.pending === 0;
    if (!isAlone && !this.#options.state.isControlled) return [];
    /** Requests that can leave without the longest queue and still not be one too many. */
    const spare = Math.ceil(this.#open / size) - delivery.longestQueue();
    if (!isAlone && spare <= 0) return [];
    const batches = await delivery.pack({
      size,
      atLeast: isAlone ? 1 : size,
      count: isAlone ? 1 : Math.min(count, spare),
      now: clock.monotonic(),
    });
    return batches.map((batch) => () => this.#sender.send(batch));
  }

  /** Starts a task unless one of the same name is in progress, because both would take the same items. */
  #alone(name: string, work: Task): Task {
    this.#busy.add(name);
    return () => work().finally(() => this.#busy.delete(name));
  }

  #start(task: Task): void {
    const work = async (): Promise<void> => {
      await task();
      this.#options.onProgress(this.#open);
    };
    this.#queue.add(work).catch((error: unknown) => {
      this.#failure ??= { error };
    });
  }

  async #waitForDue(): Promise<boolean> {
    const { state, wait, onProgress } = this.#options;
    const due = await state.delivery.nextDue(this.#options.sends);
    if (due === undefined) return false;
    const until = Math.max(due, state.pace.quietUntil);
    if (until > state.progressedAt + wait) return false;
    const pause = until - state.clock.monotonic();
    if (pause <= 0) return true;
    onProgress(this.#open, { milliseconds: pause, reason: await this.#waitReason(due) });
    await state.clock.sleep(pause, state.signal);
    return true;
  }

  async #waitReason(due: number): Promise<WaitReason> {
    const { delivery, pace } = this.#options.state;
    if (pace.quietUntil >= due) return 'org';
    return (await delivery.dueUnknown(due, 1)).length > 0 ? 'underWay' : 'locked';
  }
}
