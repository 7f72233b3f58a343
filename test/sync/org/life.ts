import type { MonotonicClock } from '../../../src/base/clock.js';
import type { Outbox } from '../../../src/outbox/index.js';

/**
 * A process that may die between any two things it does. Once it is dead nothing of it goes on: whatever it waits for
 * never comes, as with kill -9. What it has stored stays, and what it has sent is on its way.
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

  /** At how many points it could have died so far. */
  get moments(): number {
    return this.#moments;
  }

  /** Something is about to happen, or has just happened. */
  async moment(name: string): Promise<void> {
    if (!this.#dead && this.#dies(name)) {
      this.#dead = true;
      // The operating system gives back what a dead process held.
      for (const lock of this.#locks) lock[Symbol.dispose]();
      this.#died.resolve('died');
    }
    if (this.#dead) await never;
  }

  /** What comes back to the process, if it still lives. */
  async receive<T>(promise: Promise<T>): Promise<T> {
    try {
      return await promise;
    } finally {
      if (this.#dead) await never;
    }
  }

  /** Every process counts from its own start: what another one stored of its monotonic clock means nothing to it. */
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
    return this.#mortal({
      name: outbox.name,
      runs: this.#mortal(outbox.runs),
      intake: this.#mortal(outbox.intake),
      sources: this.#mortal(outbox.sources),
      delivery: this.#mortal(outbox.delivery),
      deadLetters: this.#mortal(outbox.deadLetters),
      calls: this.#mortal(outbox.calls),
      lock: async () => {
        await this.moment('before lock');
        const lock = await outbox.lock();
        this.#locks.push(lock);
        return lock;
      },
      owner: () => outbox.owner(),
      changedFields: () => outbox.changedFields(),
      rememberChangedFields: (fields) => outbox.rememberChangedFields(fields),
      claim: (owner) => outbox.claim(owner),
      forget: (member) => outbox.forget(member),
      close: () => outbox.close(),
      [Symbol.asyncDispose]: () => outbox.close(),
    });
  }

  /** The same port, with a moment before and after everything it stores or reads. */
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

/** What a port answers without a promise. */
const isImmediate = new Set(['longestQueue', 'hasEndedGroup', 'items', 'lines']);
