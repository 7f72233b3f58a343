import type { MonotonicClock } from '../../../src/base/clock.js';
import type { Continuity, Outbox } from '../../../src/outbox/index.js';

/**
 * A process that can die between any two of its steps. A dead process does nothing more: whatever it waits for never
 * arrives, as with kill -9. What it has stored is kept, and what it has sent is on its way.
 */
export class Life {
  readonly #dies: (moment: string) => boolean;
  readonly #died = Promise.withResolvers<'died'>();
  readonly #locks: Disposable[] = [];
  #dead = false;
  #moments = 0;

  constructor(dies: (moment: string, count: number) => boolean = () => false) {
    this.#dies = (moment) => dies(moment, ++this.#moments);
  }

  get death(): Promise<'died'> {
    return this.#died.promise;
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** The number of points at which it could have died so far. */
  get moments(): number {
    return this.#moments;
  }

  /** Marks that something is about to happen, or has just happened. */
  async moment(name: string): Promise<void> {
    if (!this.#dead && this.#dies(name)) {
      this.#dead = true;
      // The operating system releases the locks of a dead process.
      for (const lock of this.#locks) lock[Symbol.dispose]();
      this.#died.resolve('died');
    }
    if (this.#dead) await never;
  }

  /** Returns what the process receives, if it still lives. */
  async receive<T>(promise: Promise<T>): Promise<T> {
    try {
      return await promise;
    } finally {
      if (this.#dead) await never;
    }
  }

  /**
   * Returns a clock that counts from the start of this process: stored monotonic times of another one mean nothing to
   * it.
   */
  clock(clock: MonotonicClock): MonotonicClock {
    const start = clock.monotonic();
    return {
      now: () => clock.now(),
      monotonic: () => clock.monotonic() - start,
      sleep: async (ms, signal) => {
        await this.moment('sleep');
        await this.receive(clock.sleep(ms, signal));
      },
    };
  }

  outbox(outbox: Outbox): Outbox {
    const continuity = (): Continuity | undefined => outbox.continuity && this.#mortal(outbox.continuity);
    return this.#mortal({
      name: outbox.name,
      fileId: outbox.fileId,
      get continuity() {
        return continuity();
      },
      runs: this.#mortal(outbox.runs),
      intake: this.#mortal(outbox.intake),
      sources: this.#mortal(outbox.sources),
      delivery: this.#mortal(outbox.delivery),
      deadLetters: this.#mortal(outbox.deadLetters),
      calls: this.#mortal(outbox.calls),
      bulkJobs: this.#mortal(outbox.bulkJobs),
      increments: this.#mortal(outbox.increments),
      followed: this.#mortal(outbox.followed),
      enrollments: this.#mortal(outbox.enrollments),
      transactions: (run) => outbox.transactions(run),
      isErased: (key) => outbox.isErased(key),
      isOverruled: (line) => outbox.isOverruled(line),
      find: (key) => outbox.find(key),
      history: (key) => outbox.history(key),
      lock: async () => {
        await this.moment('before lock');
        const lock = await outbox.lock();
        this.#locks.push(lock);
        return lock;
      },
      isHeld: () => outbox.isHeld(),
      owner: () => outbox.owner(),
      changedFields: () => outbox.changedFields(),
      rememberChangedFields: (fields) => outbox.rememberChangedFields(fields),
      claim: (owner) => outbox.claim(owner),
      forget: (member) => outbox.forget(member),
      close: () => outbox.close(),
      [Symbol.asyncDispose]: () => outbox.close(),
    });
  }

  /** Returns the same port with a moment before and after each of its operations. */
  #mortal<T extends object>(port: T): T {
    const around = (name: string, run: () => unknown): unknown =>
      isImmediate.has(name) ? run() : this.#around(name, run);
    return new Proxy(port, {
      get(target, name): unknown {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...values: unknown[]): unknown =>
          around(String(name), () => Reflect.apply(member, target, values) as unknown);
      },
    });
  }

  async #around(name: string, run: () => unknown): Promise<unknown> {
    await this.moment(`before ${name}`);
    const result = await run();
    await this.moment(`after ${name}`);
    return result;
  }
}

const never = new Promise<never>(() => undefined);

/** Methods of a port that do not return a promise. */
const isImmediate = new Set([
  ...['longestQueue', 'mustBeOurs', 'hasEndedGroup', 'keyCount', 'items', 'lines', 'thresholds', 'ofRun'],
  ...['transactions', 'isErased', 'isOverruled'],
]);
