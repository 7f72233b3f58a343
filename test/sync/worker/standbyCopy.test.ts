import { expect } from 'chai';
import { OutboxDatabaseError, standBy, StandbyCopy } from '../../../src/sync/index.js';
import { SharedOutbox } from '../../../src/outbox/postgres/index.js';
import type { LogPosition, LogReader } from '../../../src/outbox/postgres/outboxLog.js';
import { failureOf } from '../../client/loopback.js';
import { MemoryLog } from '../../outbox/memoryLog.js';
import { chunk } from '../../outbox/outboxFixture.js';
import { VirtualClock } from '../../support/virtualClock.js';
import { purchase } from '../org/arrayFeed.js';

/** A log that tells what is read from it. */
class WatchedLog extends MemoryLog {
  calls = 0;
  seen: (number | 'snapshot')[] = [];
  failure: Error | undefined;
  onChange: (() => void) | undefined;

  override async read(after: LogPosition | undefined, reader: LogReader): Promise<LogPosition> {
    this.calls += 1;
    if (this.failure) throw this.failure;
    return super.read(after, {
      snapshot: (content) => {
        this.seen.push('snapshot');
        return reader.snapshot(content);
      },
      change: (change) => {
        this.seen.push(change.number);
        this.onChange?.();
        return reader.change(change);
      },
    });
  }
}

/** A process that delivers, and a standby. */
async function open() {
  const clock = new VirtualClock();
  const log = new WatchedLog(clock);
  const writer = await SharedOutbox.open(log);
  const lock = await writer.lock();
  const { id } = await writer.runs.begin({ program: 'Harbour Rewards' });
  let last = 0;
  const store = async (): Promise<void> => {
    last += 1;
    await writer.intake.accept(chunk(id, [purchase(`${last}`, 'A1')], { firstLine: last }));
  };
  const copy = new StandbyCopy((signal) => SharedOutbox.open(log, { signal }));
  /** Stands by while each of these is done before a look, and until nobody delivers. Returns what each look has read. */
  const stoodBy = async (steps: readonly (() => Promise<void> | void)[]) => {
    const read: (typeof log.seen)[] = [];
    let told = 0;
    const look = async () => {
      if (read.length > 0) read[read.length - 1] = log.seen;
      log.seen = [];
      const step = steps[read.length];
      await step?.();
      read.push([]);
      return { holder: step && { host: 'till-1', pid: 7, left: 9000 }, change: log.last };
    };
    const watching = { onSeen: () => undefined, onAway: () => (told += 1) };
    const { signal } = new AbortController();
    await standBy({ view: { length: 9000, look }, clock, signal, copy, ...watching });
    log.seen = [];
    return { read: read.slice(0, -1), timesAway: told };
  };
  const stop = async (): Promise<void> => {
    lock[Symbol.dispose]();
    await writer.close();
  };
  return { log, writer, store, copy, stoodBy, stop };
}

/** Whether the copy knows a purchase. */
async function has(copy: StandbyCopy, number: string): Promise<boolean> {
  return (await (await copy.outbox()).find(purchase(number, 'A1').key)) !== undefined;
}

describe('the copy of a standby', () => {
  it('follows at each look, so that a takeover reads only what came since', async () => {
    const { log, store, copy, stoodBy, stop } = await open();
    await store();
    const first = log.last;
    const { read } = await stoodBy([() => undefined, store, () => undefined, store]);
    expect(read).to.deep.equal([Array.from({ length: first }, (_, index) => index + 1), [first + 1], [], [first + 2]]);
    await store();
    await stop();
    const outbox = await copy.outbox();
    using lock = await outbox.lock();
    expect(log.seen).to.deep.equal([first + 3]);
    for (const number of ['1', '2', '3', '4']) expect(await has(copy, number)).to.equal(true);
    await copy.close();
  });

  it('asks for nothing when there is nothing new', async () => {
    const { log, copy, stoodBy, stop } = await open();
    await copy.outbox();
    log.calls = 0;
    await stoodBy([() => undefined, () => undefined, () => undefined]);
    expect(log.calls).to.equal(0);
    await stop();
    await copy.close();
  });

  it('is read again when a snapshot has replaced what followed', async () => {
    const { writer, log, store, copy, stoodBy, stop } = await open();
    const compacted = async (): Promise<void> => {
      await store();
      await writer.forget('B2');
      await store();
    };
    const { read } = await stoodBy([store, compacted]);
    // The first shows that the copy cannot follow.
    expect(read[1]).to.deep.equal(['snapshot', 'snapshot', log.last]);
    for (const number of ['1', '2', '3']) expect(await has(copy, number)).to.equal(true);
    await stop();
    await copy.close();
  });

  it('is not read to its end when it is closed meanwhile', async () => {
    const { log, store, copy, stop } = await open();
    for (let count = 0; count < 4; count++) await store();
    let closed: Promise<void> | undefined;
    log.onChange = () => void (closed ??= copy[Symbol.asyncDispose]());
    expect(await failureOf(copy.follow(log.last))).to.have.property('name', 'AbortError');
    expect(log.seen).to.deep.equal([1]);
    await closed;
    await stop();
  });

  it('is not opened by a look that ends after it has ended', async () => {
    const { log, copy, stop } = await open();
    const stopping = new AbortController();
    const asked = Promise.withResolvers<undefined>();
    const answer = Promise.withResolvers<undefined>();
    const look = async () => {
      asked.resolve(undefined);
      await answer.promise;
      return { holder: { host: 'till-1', pid: 7, left: 9000 }, change: log.last };
    };
    const watching = { onSeen: () => undefined, onAway: () => undefined };
    const view = { length: 9000, look };
    const stoodBy = standBy({ view, clock: new VirtualClock(), signal: stopping.signal, copy, ...watching });
    await asked.promise;
    stopping.abort();
    expect(await stoodBy).to.equal(false);
    await copy[Symbol.asyncDispose]();
    log.calls = 0;
    answer.resolve(undefined);
    await new Promise(setImmediate);
    expect(log.calls).to.equal(0);
    await stop();
  });

  it('goes on after the database was away, also at first, and when it has been closed', async () => {
    const { log, store, copy, stoodBy, stop } = await open();
    const away = (): void => {
      log.failure = new OutboxDatabaseError('memory', true, new Error('ECONNREFUSED'));
    };
    const back = async (): Promise<void> => {
      log.failure = undefined;
      await store();
    };
    const awayWithNews = async (): Promise<void> => {
      await store();
      away();
    };
    expect((await stoodBy([away, back, awayWithNews, back])).timesAway).to.equal(2);
    for (const number of ['1', '2', '3']) expect(await has(copy, number)).to.equal(true);
    await copy.close();
    await stoodBy([store]);
    expect(await has(copy, '4')).to.equal(true);
    await stop();
    await copy.close();
  });
});
