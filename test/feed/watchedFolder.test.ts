import { expect } from 'chai';
import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { MonotonicClock } from '../../src/base/clock.js';
import { endedGroupsInMemory, openFeed, parseMapping, watchFolder } from '../../src/feed/index.js';
import type { EarlierReadings, FeedPosition, WatchFolderOptions, WatchNote } from '../../src/feed/index.js';
import { header, invoiceLines } from './reading.js';

const mapping = parseMapping(invoiceLines, 'map.yml');

/** What a watch of a folder has yielded and said. */
interface Watched {
  /** Names of the feeds. */
  readonly read: readonly string[];
  readonly notes: readonly WatchNote[];
  /** Whether it has left something unread. */
  readonly hasLeft: boolean;
}

describe('a watched folder', () => {
  let folder: string;
  let time = 0;
  /** Time passes in every turn of the event loop. */
  const clock: MonotonicClock = {
    now: () => 0,
    monotonic: () => time,
    sleep: async () => {
      time += 1000;
      await setImmediate();
    },
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watch-'));
    time = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const content = (invoice: number): string => `${header}\n${invoice},A,M1,1/12/2010,1,1\n`;
  const write = (name: string, invoice: number): Promise<void> => writeFile(join(folder, name), content(invoice));
  /** The system's clock may stand still between two writings. */
  let written = 1_800_000_000;
  const mark = async (name: string): Promise<void> => {
    const path = join(folder, name);
    await writeFile(path, '');
    written += 1;
    await utimes(path, written, written);
  };

  /** Watches until a feed with the last name was read, or else to the end of what is there. */
  async function watch(
    then: Readonly<Record<string, () => Promise<unknown>>> = {},
    options: WatchFolderOptions = {},
  ): Promise<Watched> {
    const until = new AbortController();
    const waits = Object.keys(then);
    if (waits.length === 0) until.abort();
    const notes: WatchNote[] = [];
    let hasLeft = false;
    const watched = await watchFolder(folder, mapping, { until: until.signal, clock, ...options });
    const read: string[] = [];
    const reading = {
      signal: new AbortController().signal,
      tell: async (note: WatchNote): Promise<void> => void notes.push(note),
      leave: () => void (hasLeft = true),
    };
    for await (const { name } of watched.feeds(reading)) {
      read.push(basename(name));
      await then[basename(name)]?.();
      if (basename(name) === waits.at(-1)) until.abort();
    }
    return { read, notes, hasLeft };
  }

  const codes = ({ notes }: Watched): string[] => notes.map(({ code }) => code);

  it('names files without a marker and markers without a file when it ends, and leaves the files', async () => {
    await write('a.csv', 1);
    await mark('a.csv.done');
    await write('b.csv', 2);
    await mark('b.done');
    await mkdir(join(folder, 'archive.csv'));
    for (const name of ['notes.txt', '.c.csv']) await write(name, 3);
    const watched = await watch();
    expect(watched).to.deep.include({ read: ['a.csv'], hasLeft: true });
    expect(codes(watched)).to.deep.equal(['marker-missing', 'marker-alone']);
    const [missing, alone] = watched.notes.map(({ message }) => message);
    expect(missing).to.include(join(folder, 'b.csv')).and.include('b.csv.done').and.not.include('c.csv.done');
    expect(alone).to.include(join(folder, 'b.done')).and.include('till.csv.done');
  });

  it('names any file without a marker if the format is given, and at most five of them', async () => {
    for (let number = 1; number <= 7; number++) await write(`till-${number}`, number);
    const { notes, hasLeft } = await watch({}, { format: 'csv' });
    expect(hasLeft).to.equal(true);
    expect(notes).to.have.length(1);
    expect(notes[0]?.message).to.include('till-5 and 2 others').and.not.include('till-6');
  });

  it('says nothing of markers whose file was read and moved away, and leaves nothing', async () => {
    await write('a.csv', 1);
    await mark('a.csv.done');
    const away = (): Promise<void> => rename(join(folder, 'a.csv'), join(folder, 'a.csv.old'));
    expect(await watch({ 'a.csv': away })).to.deep.equal({ read: ['a.csv'], notes: [], hasLeft: false });
  });

  it('leaves nothing when only a marker has no file', async () => {
    await mark('a.csv.done');
    const watched = await watch();
    expect([codes(watched), watched.hasLeft]).to.deep.equal([['marker-alone'], false]);
  });

  it('reads a file again as another feed when it and its marker were written again', async () => {
    await write('a.csv', 1);
    await mark('a.csv.done');
    const watched = await watch({
      'a.csv': async () => {
        await write('a.csv', 22);
        await mark('a.csv.done');
      },
      'a.csv (2)': async () => undefined,
    });
    expect(watched).to.deep.include({ read: ['a.csv', 'a.csv (2)'], hasLeft: false });
    expect(codes(watched)).to.deep.equal(['feed-replaced']);
  });

  for (const [what, rewrite] of [
    ['with its old marker', () => Promise.resolve()],
    ['without a marker', () => rm(join(folder, 'a.csv.done'))],
  ] as const) {
    it(`leaves a file that was written again ${what}`, async () => {
      await write('a.csv', 1);
      await mark('a.csv.done');
      const watched = await watch({
        'a.csv': async () => {
          await write('a.csv', 22);
          // As a copy has it that keeps the time of the file.
          await utimes(join(folder, 'a.csv'), 1, 1);
          await rewrite();
        },
      });
      expect([watched.read, codes(watched), watched.hasLeft]).to.deep.equal([['a.csv'], ['feed-changed'], true]);
    });
  }

  it('does not read a file that is being written again while those before it are read', async () => {
    for (const [index, name] of ['a.csv', 'b.csv', 'c.csv'].entries()) {
      await write(name, index);
      await mark(`${name}.done`);
    }
    const rewrite = async (): Promise<void> => {
      await rm(join(folder, 'b.csv.done'));
      await writeFile(join(folder, 'b.csv'), content(22).slice(0, -9));
    };
    const { read, hasLeft } = await watch({ 'a.csv': rewrite, 'c.csv': async () => undefined });
    expect([read, hasLeft]).to.deep.equal([['a.csv', 'c.csv'], true]);
  });

  it('gives a file the next number that is free if another file has the name', async () => {
    for (const name of ['a.csv', 'a.csv (2)']) {
      await write(name, 1);
      await mark(`${name}.done`);
    }
    const again = async (): Promise<void> => {
      await write('a.csv', 22);
      await mark('a.csv.done');
    };
    const then = { 'a.csv (2)': again, 'a.csv (3)': async (): Promise<void> => undefined };
    expect((await watch(then, { format: 'csv' })).read).to.deep.equal(['a.csv', 'a.csv (2)', 'a.csv (3)']);
  });

  it('reminds once, and only in passing, of a file that has had no marker for a minute', async () => {
    await write('a.csv', 1);
    const watched = watch({ 'a.csv': async () => undefined });
    while (time < 90_000) await setImmediate();
    await mark('a.csv.done');
    const { notes, hasLeft } = await watched;
    expect(notes.map(({ code, isPassing }) => ({ code, isPassing }))).to.deep.equal([
      { code: 'marker-missing', isPassing: true },
    ]);
    expect(hasLeft).to.equal(false);
  });

  describe('after an earlier process', () => {
    async function positionIn(name: string): Promise<FeedPosition | undefined> {
      const feed = await openFeed(join(folder, name), mapping);
      let last: FeedPosition | undefined;
      for await (const { position } of feed.read({ endedGroups: endedGroupsInMemory() })) last = position;
      return last;
    }

    async function readBefore(generation: number): Promise<EarlierReadings> {
      const position = await positionIn('a.csv');
      const path = join(folder, 'a.csv');
      return { begun: [], latest: async (each) => (each === path ? { generation, position } : undefined) };
    }

    it('passes over a file that is as it was, be its marker gone', async () => {
      await write('a.csv', 1);
      const earlier = await readBefore(1);
      expect(await watch({}, { earlier })).to.deep.equal({ read: [], notes: [], hasLeft: false });
    });

    for (const [what, next] of [
      ['has grown', `${content(1)}2,B,M1,1/12/2010,1,1\n`],
      ['was written again', content(2)],
    ] as const) {
      it(`reads a file that ${what}, under the next number`, async () => {
        await write('a.csv', 1);
        const earlier = await readBefore(3);
        await writeFile(join(folder, 'a.csv'), next);
        await mark('a.csv.done');
        expect((await watch({}, { earlier })).read).to.deep.equal(['a.csv (4)']);
      });
    }

    it('reads a file that had no rows', async () => {
      await writeFile(join(folder, 'a.csv'), `${header}\n`);
      const earlier = await readBefore(1);
      await mark('a.csv.done');
      expect((await watch({}, { earlier })).read).to.deep.equal([]);
      await write('a.csv', 1);
      await mark('a.csv.done');
      expect((await watch({}, { earlier })).read).to.deep.equal(['a.csv (2)']);
    });

    it('leaves a file that was written again and is newer than its marker', async () => {
      await write('a.csv', 1);
      const earlier = await readBefore(1);
      await mark('a.csv.done');
      await utimes(join(folder, 'a.csv.done'), 1, 1);
      await write('a.csv', 2);
      const watched = await watch({}, { earlier });
      expect([watched.read, codes(watched), watched.hasLeft]).to.deep.equal([[], ['feed-changed'], true]);
    });

    it('reads on in what was begun, also of a later content', async () => {
      await write('a.csv', 1);
      const earlier = { begun: [join(folder, 'a.csv (2)')], latest: async () => undefined };
      const watched = await watch({}, { earlier });
      expect(watched).to.deep.equal({ read: ['a.csv (2)'], notes: [], hasLeft: false });
    });
  });
});
