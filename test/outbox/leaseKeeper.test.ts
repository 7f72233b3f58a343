import { expect } from 'chai';
import { setImmediate } from 'node:timers/promises';
import type { MonotonicClock } from '../../src/base/clock.js';
import { OutboxTakenError } from '../../src/outbox/index.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import { LeaseKeeper } from '../../src/outbox/postgres/leaseKeeper.js';
import type { OutboxChange } from '../../src/outbox/postgres/outboxLog.js';
import { failureOf } from '../client/loopback.js';
import { MemoryLog } from './memoryLog.js';

const length = 10_000;

/** Time that passes when it is told to. Who sleeps is woken by hand. */
class HandClock implements MonotonicClock {
  #now = 0;
  #sleeper = Promise.withResolvers<undefined>();

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }

  wake(): void {
    this.#sleeper.resolve(undefined);
    this.#sleeper = Promise.withResolvers();
  }

  async sleep(_milliseconds: number, signal?: AbortSignal): Promise<void> {
    const over = Promise.withResolvers<undefined>();
    signal?.addEventListener('abort', () => over.resolve(undefined), { once: true });
    if (signal?.aborted !== true) await Promise.race([this.#sleeper.promise, over.promise]);
  }
}

/** A log whose database is away for a while before it does what it is asked for. */
class OutageLog extends MemoryLog {
  readonly #time: HandClock;
  /** Milliseconds of the next outages. */
  outages: number[] = [];
  renewals = 0;
  onRenewed: () => void = () => undefined;

  constructor(time: HandClock) {
    super(time, length);
    this.#time = time;
  }

  override async renew(epoch: number): Promise<void> {
    this.#time.pass(this.outages.shift() ?? 0);
    await super.renew(epoch);
    this.renewals += 1;
    this.onRenewed();
  }

  override async append(epoch: number, change: OutboxChange): Promise<void> {
    this.#time.pass(this.outages.shift() ?? 0);
    await super.append(epoch, change);
  }
}

describe('the lease of a shared outbox', () => {
  let clock: HandClock;
  let log: OutageLog;

  beforeEach(() => {
    clock = new HandClock();
    log = new OutageLog(clock);
  });

  it('is held again after a database was away for longer than it lasts, if nobody has taken it', async () => {
    const keeper = await LeaseKeeper.acquire(log, clock);
    const twice = Promise.withResolvers<undefined>();
    const before = log.renewals;
    log.outages = [2 * length];
    log.onRenewed = () => (log.renewals === before + 2 ? twice.resolve(undefined) : undefined);
    clock.wake();
    await twice.promise;
    await keeper.release();
    expect(keeper.left).to.equal(length);
    keeper.mustBeHeld();
  });

  it('is held again after something was stored during such an outage', async () => {
    await using outbox = await SharedOutbox.open(log, { clock });
    using lock = await outbox.lock();
    log.outages = [2 * length];
    await outbox.runs.begin({ program: 'P' });
    outbox.delivery.mustBeOurs();
    expect(outbox.lease?.left).to.equal(length);
  });

  it('is never believed to last longer than the log keeps it', async () => {
    await using outbox = await SharedOutbox.open(log, { clock });
    using lock = await outbox.lock();
    // The second outage is that of the renewal after the first one.
    log.outages = [2 * length, 0.75 * length];
    await outbox.runs.begin({ program: 'P' });
    expect(outbox.lease?.left).to.equal(0.25 * length);
    log.outages = [2 * length, length];
    await outbox.runs.begin({ program: 'P' });
    expect(() => outbox.delivery.mustBeOurs()).to.throw(OutboxTakenError);
  });

  it('is lost if somebody has taken it after the change was stored, and nobody is told that it was', async () => {
    const taken = new OutboxTakenError(log.name, 'another process works on it');
    await using outbox = await SharedOutbox.open(log, { clock });
    using lock = await outbox.lock();
    log.outages = [2 * length];
    log.renew = async () => Promise.reject(taken);
    expect(await failureOf(outbox.runs.begin({ program: 'P' }))).to.equal(taken);
    expect(() => outbox.delivery.mustBeOurs()).to.throw(OutboxTakenError);
  });

  it('is given back after what was being stored when it was let go, which renews it', async () => {
    await using outbox = await SharedOutbox.open(log, { clock });
    const lock = await outbox.lock();
    const [asked, goesOn] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const append = log.append.bind(log);
    log.append = async (epoch, change) => {
      asked.resolve(undefined);
      await goesOn.promise;
      await append(epoch, change);
    };
    const begun = outbox.runs.begin({ program: 'P' });
    await asked.promise;
    lock[Symbol.dispose]();
    // As long as that takes, everything else that is to happen has time to.
    await setImmediate();
    goesOn.resolve(undefined);
    await begun;
    await outbox.close();
    expect((await log.look()).holder).to.equal(undefined);
  });

  it('is given back at once if it was taken and could not be renewed', async () => {
    const away = new Error('The database is away.');
    const renew = log.renew.bind(log);
    log.renew = async () => Promise.reject(away);
    expect(await failureOf(LeaseKeeper.acquire(log, clock))).to.equal(away);
    log.renew = renew;
    // No time has passed.
    const keeper = await LeaseKeeper.acquire(log, clock);
    expect(keeper.left).to.equal(length);
    await keeper.release();
  });
});
