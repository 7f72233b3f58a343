import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { systemClock } from '../../src/base/clock.js';
import { OutboxBusyError, OutboxDatabaseError } from '../../src/outbox/index.js';
import type { KeyedCall } from '../../src/outbox/index.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import type { Lease } from '../../src/outbox/postgres/outboxLog.js';
import { failureOf } from '../client/loopback.js';
import { MemoryLog } from './memoryLog.js';

function call(key: string): KeyedCall {
  return { key, hash: 'h', state: 'sent', sentAt: 1, before: null, answer: null };
}

/** A log whose database may be away. */
class AwayLog extends MemoryLog {
  isAway = false;

  override async acquire(): Promise<Lease> {
    if (this.isAway) throw new OutboxDatabaseError(this.name, true, new Error('ECONNREFUSED'));
    return super.acquire();
  }
}

describe('a shared outbox that is used for single calls', () => {
  let log: AwayLog;
  let outbox: SharedOutbox;

  beforeEach(async () => {
    log = new AwayLog(systemClock);
    outbox = await SharedOutbox.open(log);
  });

  afterEach(() => outbox.close());

  it('stores them again when the process that was delivering has ended, and knows what that has stored', async () => {
    const holder = await SharedOutbox.open(log);
    const lock = await holder.lock();
    await holder.calls.begin(call('theirs'), undefined);
    expect(await failureOf(outbox.calls.begin(call('first'), undefined))).to.be.instanceOf(OutboxBusyError);
    lock[Symbol.dispose]();
    await holder.close();
    expect(await outbox.calls.find('first')).to.equal(undefined);
    expect(await outbox.calls.find('theirs')).to.deep.include({ state: 'sent' });
    expect(await outbox.calls.begin(call('second'), undefined)).to.equal(true);
    await using other = await SharedOutbox.open(log, { isPrivate: true });
    expect(await other.calls.find('second')).to.deep.include({ state: 'sent' });
  });

  it('goes on after several calls at once that could not be stored', async () => {
    const holder = await SharedOutbox.open(log);
    const lock = await holder.lock();
    const calls = ['first', 'second', 'third'].map((key) => failureOf(outbox.calls.begin(call(key), undefined)));
    for (const failure of await Promise.all(calls)) expect(failure).to.be.instanceOf(OutboxBusyError);
    lock[Symbol.dispose]();
    await holder.close();
    expect(await outbox.calls.begin(call('fourth'), undefined)).to.equal(true);
  });

  it('says that it is in use for as long as it is', async () => {
    await using holder = await SharedOutbox.open(log);
    using lock = await holder.lock();
    for (const key of ['first', 'second'])
      expect(await failureOf(outbox.calls.begin(call(key), undefined))).to.be.instanceOf(OutboxBusyError);
    expect(await outbox.calls.find('first')).to.equal(undefined);
  });

  it('is read again in the background when its database was away', async () => {
    log.isAway = true;
    expect(await failureOf(outbox.calls.begin(call('first'), undefined))).to.be.instanceOf(OutboxDatabaseError);
    log.isAway = false;
    const isUsable = (): Promise<boolean> =>
      outbox.calls.find('first').then(
        () => true,
        () => false,
      );
    for (let look = 0; look < 10_000 && !(await isUsable()); look++) await setImmediate();
    expect(await outbox.calls.find('first')).to.equal(undefined);
    expect(await outbox.calls.begin(call('first'), undefined)).to.equal(true);
  });
});
