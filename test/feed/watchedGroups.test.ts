import { expect } from 'chai';
import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { MonotonicClock } from '../../src/base/clock.js';
import { endedGroupsInMemory, parseMapping, watchFile } from '../../src/feed/index.js';
import type { FeedEntry, WatchOptions } from '../../src/feed/index.js';
import { itemLine, receiptHeader, receipts } from './groupModel.js';
import { outcome } from './reading.js';

const mapping = parseMapping(receipts.replace('by: Receipt', 'by: Receipt, completeAfter: 30'), 'map.yml');

describe('groups in a file that is watched', () => {
  let folder: string;
  let path: string;
  let until: AbortController;
  /** Lets the time pass after which a group is complete. */
  let passTime: (() => void) | undefined;
  /** Whether time passes whenever somebody looks at the clock. */
  let isTicking: boolean;
  let time: number;
  let left: unknown[];

  /** It looks again in every turn of the event loop; only the time of a group passes when a test says so. */
  const clock: MonotonicClock = {
    now: () => 0,
    monotonic: () => (isTicking ? (time += 2000) : time),
    sleep: (milliseconds, signal) => {
      if (milliseconds !== 30_000) return setImmediate(undefined);
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const pass = (): void => {
        passTime = undefined;
        resolve(undefined);
      };
      passTime = pass;
      signal?.addEventListener('abort', pass);
      return promise;
    },
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watch-'));
    path = join(folder, 'till.csv');
    await writeFile(path, `${receiptHeader}\n`);
    until = new AbortController();
    passTime = undefined;
    isTicking = false;
    time = 0;
    left = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function* entriesOf(options: WatchOptions = {}): AsyncGenerator<FeedEntry> {
    const watched = await watchFile(path, mapping, { until: until.signal, clock, ...options });
    const signal = new AbortController().signal;
    const onOpenGroup = (lines: unknown): void => void left.push(lines);
    for await (const feed of watched.feeds({ signal, tell: async () => undefined, leave: () => undefined }))
      for await (const { entries } of feed.read({ endedGroups: endedGroupsInMemory(), onOpenGroup })) yield* entries;
  }

  /** Resolves when a group waits for more lines, and returns what ends the wait. */
  async function waiting(): Promise<() => void> {
    while (passTime === undefined) await setImmediate();
    return passTime;
  }

  const add = (...lines: readonly string[]): Promise<void> =>
    appendFile(path, lines.map((line) => `${line}\n`).join(''));

  it('wait for another group, or until no line has come for a while', async () => {
    const entries = entriesOf();
    let isThere = false;
    const first = entries.next().finally(() => (isThere = true));
    await add(itemLine('R1', 100));
    await waiting();
    await add(itemLine('R1', 200));
    await waiting();
    expect(isThere, 'while more lines may come').to.equal(false);
    await add(itemLine('R2', 300));
    expect((await first).value).to.have.nested.property('transaction.journal.TransactionAmount', '3.00');
    await entries.next();
    const second = entries.next();
    (await waiting())();
    expect((await second).value).to.have.nested.property('transaction.key', 'till:R2');
    until.abort();
    expect(await Array.fromAsync(entries)).to.deep.equal([]);
    expect(left, 'nothing was left').to.deep.equal([]);
  });

  it('are left if the watch is ended while more lines may come', async () => {
    await add(itemLine('R1', 100), itemLine('R2', 200), itemLine('R2', 200));
    until.abort();
    expect((await Array.fromAsync(entriesOf())).map(outcome)).to.deep.equal(['till:R1']);
    expect(left).to.deep.equal([{ first: 3, last: 4 }]);
  });

  it('are complete when another file takes the place, or the watch ends because nothing comes', async () => {
    await add(itemLine('R1', 100));
    const entries = entriesOf({ untilIdle: 60_000 });
    const first = entries.next();
    await waiting();
    await rename(path, `${path}.1`);
    await writeFile(path, `${receiptHeader}\n${itemLine('R2', 100)}\n`);
    isTicking = true;
    const all = [(await first).value as FeedEntry, ...(await Array.fromAsync(entries))];
    expect(all.map(outcome)).to.deep.equal(['till:R1', 'till:R2']);
    expect(left).to.deep.equal([]);
  });
});
