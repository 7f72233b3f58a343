import { expect } from 'chai';
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { appendFile, mkdtemp, open, rm, utimes, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { MonotonicClock } from '../../src/base/clock.js';
import {
  endedGroupsInMemory,
  FeedError,
  openFeed,
  parseMapping,
  watchFile,
  watchFolder,
} from '../../src/feed/index.js';
import type { FeedEntry, WatchedFeeds } from '../../src/feed/index.js';
import { header, invoiceLines, outcome, readAll } from './reading.js';

const mapping = parseMapping(invoiceLines, 'map.yml');
/** It looks again in every turn of the event loop, so that nothing waits for time to pass. */
const clock: MonotonicClock = { now: () => 0, monotonic: () => 0, sleep: () => setImmediate(undefined) };

describe('what is watched', () => {
  let folder: string;
  let path: string;
  let until: AbortController;
  const notes: string[] = [];
  const tell = async ({ code }: { readonly code: string }): Promise<void> => void notes.push(code);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watch-'));
    path = join(folder, 'till.csv');
    until = new AbortController();
    notes.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function* entriesOf(watched: WatchedFeeds): AsyncGenerator<FeedEntry> {
    for await (const feed of watched.feeds({ signal: new AbortController().signal, tell, leave: () => undefined }))
      for await (const { entries } of feed.read({ endedGroups: endedGroupsInMemory() })) yield* entries;
  }

  it('takes rows whole, wherever the writer has stopped', async () => {
    const rows = [`1,"É\r\n""B""",M1,1/12/2010,1,1`, '2,C,M1,1/12/2010,1,1', '3,D,M1,1/12/2010,1,1'];
    const bytes = Buffer.from(`${header}\r\n${rows.join('\r\n')}\r\n`);
    await writeFile(path, bytes.subarray(0, 5));
    const entries = entriesOf(await watchFile(path, mapping, { until: until.signal, clock }));
    const first = entries.next();
    for (const byte of bytes.subarray(5)) {
      await appendFile(path, Buffer.of(byte));
      await setImmediate();
    }
    until.abort();
    const one = (await first).value as FeedEntry;
    const all = [one, ...(await Array.fromAsync(entries))].map(outcome);
    expect(all).to.deep.equal((await readAll(await openFeed(path, mapping))).map(outcome));
    expect(all).to.have.length(3);
  });

  it('says that a file was deleted, and reads the one that is there afterwards', async () => {
    let time = 0;
    const passing: MonotonicClock = { ...clock, monotonic: () => (time += 100) };
    await writeFile(path, `${header}\n1,A,M1,1/12/2010,1,1\n`);
    const entries = entriesOf(await watchFile(path, mapping, { until: until.signal, clock: passing }));
    const first = (await entries.next()).value as FeedEntry;
    const next = entries.next();
    await rm(path);
    while (!notes.includes('feed-gone')) await setImmediate();
    await writeFile(path, `${header}\n2,B,M1,1/12/2010,1,1\n`);
    const second = (await next).value as FeedEntry;
    until.abort();
    const all = [first, second, ...(await Array.fromAsync(entries))].map(outcome);
    expect(all).to.deep.equal(['shop:1:A:1', 'shop:2:B:1']);
    expect(notes).to.deep.equal(['feed-gone', 'feed-replaced']);
  });

  it('refuses a file of the same length whose beginning was changed in place', async () => {
    const row = '1,A,M1,1/12/2010,1,1\n';
    await writeFile(path, `${header}\n${row}`);
    const entries = entriesOf(await watchFile(path, mapping, { until: until.signal, clock }));
    await entries.next();
    const next = entries.next().catch((each: unknown) => each);
    await writeFile(path, `${header}\n${row.replace('A', 'B')}`);
    expect(await next)
      .to.be.instanceOf(FeedError)
      .with.property('code', 'position-refused');
  });

  it('rejects a row that is not UTF-8 in a file of a folder, and takes the others', async () => {
    const bytes = Buffer.from(
      `${header}\n1,A,M1,1/12/2010,1,1\n2,\u00ff,M1,1/12/2010,1,1\n3,C,M1,1/12/2010,1,1\n`,
      'latin1',
    );
    await writeFile(path, bytes);
    await writeFile(`${path}.done`, '');
    until.abort();
    const entries = await Array.fromAsync(
      entriesOf(await watchFolder(folder, mapping, { until: until.signal, clock })),
    );
    expect(entries.map(outcome)).to.deep.equal(['shop:1:A:1', 'not-utf8', 'shop:3:C:1']);
  });

  it('takes nothing of a file that is overwritten in the moment in which it is read', async () => {
    await writeFile(path, `${header}\n1,A,M1,1/12/2010,1,1\n2,B`);
    const entries = entriesOf(await watchFile(path, mapping, { until: until.signal, clock }));
    const first = (await entries.next()).value as FeedEntry;
    await using _ = await hookReads(path, {
      before: (position) => {
        if (position > 0) writeFileSync(path, `${header}\n3,C,M1,1/12/2010,1,1\n4,D,M1,1/12/2010,1,1\n`);
      },
    });
    const taken: string[] = [];
    const rest = (async () => {
      for await (const entry of entries) taken.push(outcome(entry));
    })();
    const error = await rest.catch((each: unknown) => each);
    expect([outcome(first), ...taken]).to.deep.equal(['shop:1:A:1']);
    expect(error).to.be.instanceOf(FeedError).with.property('code', 'position-refused');
  });

  it('reads to its end what is moved away in the last moment', async () => {
    await writeFile(path, `${header}\n1,A,M1,1/12/2010,1,1\n`);
    const entries = entriesOf(await watchFile(path, mapping, { until: until.signal, clock }));
    const first = (await entries.next()).value as FeedEntry;
    until.abort();
    let looks = 0;
    await using _ = await hookReads(path, {
      after: (bytesRead) => {
        // The watch looks once more after its end.
        if (bytesRead > 0 || ++looks !== 2) return;
        appendFileSync(path, '2,B,M1,1/12/2010,1,1\n');
        renameSync(path, `${path}.1`);
        writeFileSync(path, `${header}\n3,C,M1,1/12/2010,1,1\n`);
      },
    });
    const keys = [first, ...(await Array.fromAsync(entries))].map(outcome);
    expect(keys).to.deep.equal(['shop:1:A:1', 'shop:2:B:1', 'shop:3:C:1']);
  });

  it('reads files by name when their markers are there and not older than they are', async () => {
    const write = (name: string, invoice: number): Promise<void> =>
      writeFile(join(folder, name), `${header}\n${invoice},A,M1,1/12/2010,1,1\n`);
    await write('b.csv', 2);
    await write('a.csv', 1);
    await write('early.csv', 9);
    for (const name of ['b.csv', 'a.csv', 'early.csv', 'absent.csv']) await writeFile(join(folder, `${name}.done`), '');
    await utimes(join(folder, 'early.csv.done'), 1, 1);
    const watched = await watchFolder(folder, mapping, { until: until.signal, clock });
    const read: string[] = [];
    for await (const { name } of watched.feeds({
      signal: new AbortController().signal,
      tell,
      leave: () => undefined,
    })) {
      read.push(basename(name));
      if (name.endsWith('b.csv')) await write('absent.csv', 3);
      if (name.endsWith('b.csv')) await writeFile(join(folder, 'absent.csv.done'), 'again');
      if (name.endsWith('absent.csv')) until.abort();
    }
    expect(read).to.deep.equal(['a.csv', 'b.csv', 'absent.csv']);
    expect(notes).to.deep.equal(['marker-too-early']);
  });
});

/** Runs something around each reading of an open file, as another program might write to it in that moment. */
async function hookReads(
  path: string,
  { before, after }: { before?: (position: number) => void; after?: (bytesRead: number) => void },
): Promise<AsyncDisposable> {
  await using file = await open(path);
  const prototype = Object.getPrototypeOf(file) as FileHandle;
  type Read = (this: FileHandle, ...args: unknown[]) => Promise<{ readonly bytesRead: number }>;
  const read = Reflect.get(prototype, 'read') as Read;
  const hooked: Read = async function (...args) {
    before?.(Number(args[3]));
    const result = await read.apply(this, args);
    after?.(result.bytesRead);
    return result;
  };
  Object.assign(prototype, { read: hooked });
  return { [Symbol.asyncDispose]: async () => void Object.assign(prototype, { read }) };
}
