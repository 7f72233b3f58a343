import { expect } from 'chai';
import { mkdtemp, open, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { endedGroupsInMemory, FeedError, openFeed, parseMapping, watchFile } from '../../src/feed/index.js';
import { header, invoiceLines } from './reading.js';

/** Linux lists the files that a process has open. */
const openFiles = '/proc/self/fd';
/** Closing takes some turns of the event loop. */
const turns = 200;

describe('a feed closes its file', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'closed-'));
    path = join(folder, 'till.csv');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('if the reading of a watched file is aborted', async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => `${index},A,M1,1/12/2010,1,1\n`);
    await writeFile(path, `${header}\n${rows.join('')}`);
    const stop = new AbortController();
    const { signal } = stop;
    const watched = await watchFile(path, parseMapping(invoiceLines, 'map.yml'));
    const reading = { signal, tell: async () => undefined, leave: () => undefined };
    // What is kept here is not closed because it is garbage.
    const handles = new Set<FileHandle>();
    await using _ = await seeReads(path, (handle) => handles.add(handle));
    for await (const feed of watched.feeds(reading)) {
      const stretches = feed.read({ endedGroups: endedGroupsInMemory(), signal })[Symbol.asyncIterator]();
      await stretches.next();
      expect([...handles].map(({ fd }) => fd > 0)).to.deep.equal([true]);
      stop.abort();
      await stretches.return?.();
    }
    for (let left = turns; left > 0; left--) await setImmediate();
    expect([...handles].map(({ fd }) => fd)).to.deep.equal([-1]);
  });

  it('if its byte-order mark contradicts the mapping', async function () {
    if (process.platform !== 'linux') this.skip();
    await writeFile(path, Buffer.from(`\ufeff${header}\n`, 'utf16le'));
    const feed = await openFeed(path, parseMapping(`${invoiceLines}\nencoding: windows-1252`, 'map.yml'));
    const reading = Array.fromAsync(feed.read({ endedGroups: endedGroupsInMemory() }));
    expect(await reading.catch((error: unknown) => error))
      .to.be.instanceOf(FeedError)
      .with.property('code', 'not-text');
    for (let left = turns; left > 0; left--) await setImmediate();
    const links = (await readdir(openFiles)).map((fd) => readlink(join(openFiles, fd)).catch(() => ''));
    expect(await Promise.all(links)).to.not.include(path);
  });
});

/** Tells which file is read whenever one is. */
async function seeReads(path: string, seen: (handle: FileHandle) => void): Promise<AsyncDisposable> {
  await using file = await open(path);
  const prototype = Object.getPrototypeOf(file) as FileHandle;
  type Read = (this: FileHandle, ...args: unknown[]) => Promise<unknown>;
  const read = Reflect.get(prototype, 'read') as Read;
  const watched: Read = function (...args) {
    seen(this);
    return read.apply(this, args);
  };
  Object.assign(prototype, { read: watched });
  return { [Symbol.asyncDispose]: async () => void Object.assign(prototype, { read }) };
}
