import { expect } from 'chai';
import fc from 'fast-check';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { MonotonicClock } from '../../src/base/clock.js';
import { csvFeed, exitCode, parseMapping, watchFile, watchSync } from '../../src/sync/index.js';
import type { Feed, SyncReport } from '../../src/sync/index.js';
import { expectToAddUp } from './org/counts.js';
import { receiptMapping } from './org/receiptMapping.js';
import { World } from './org/world.js';

const mapping = parseMapping(receiptMapping, 'map.yml');
const members = ['A1', 'B2'];

/** A feed of rows as `9 10`: receipt 9, amount 10. */
function file(name: string, rows: readonly string[], as = mapping): Feed {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(textOf(rows));
  }
  return { ...csvFeed(bytes(), as), name };
}

function textOf(rows: readonly string[]): string {
  const lines = rows.map((row) => {
    const [receipt, amount] = row.split(' ');
    return `${receipt},${Number(receipt) % 2 === 0 ? 'A1' : 'B2'},${amount},2026-04-03T08:00:00Z\n`;
  });
  return ['Receipt,Card,Amount,Date\n', ...lines].join('');
}

/** The amounts of each receipt in the org, as `9: 10`. */
function inOrg({ org }: World): string[] {
  return org.tables.journals.map(({ number, content }) => `${number.slice(5)}: ${content.TransactionAmount}`).sort();
}

/** What a person is told: the exit code, and the places of the parts. */
function told(report: SyncReport): { code: number; splits: string[] } {
  expectToAddUp(report.counts, { several: true });
  const splits = report.records.filter(({ error }) => error?.code === 'group-split');
  return { code: exitCode(report), splits: splits.map(({ error }) => error?.message ?? '') };
}

const cup = ['8 1', '9 10'];
const tea = ['9 3', '10 1'];
const sameHalf = ['9 10', '10 1'];

describe('a receipt whose lines are in two files', () => {
  const orders: readonly [string, string[], string[]][] = [
    ['with other lines', cup, tea],
    ['with the same lines', cup, sameHalf],
    ['with other lines, the later file first', tea, cup],
    ['with the same lines, the later file first', sameHalf, cup],
    ['of which one has nothing else', ['9 10'], sameHalf],
    ['that both have nothing else', ['9 10'], ['9 10']],
  ];
  for (const [title, one, other] of orders) {
    it(`${title}, is told in one run, with both places`, async () => {
      await using world = new World([], { members });
      const { code, splits } = told(await world.start({ feeds: [file('a.csv', one), file('b.csv', other)] }));
      expect(code).to.equal(68);
      expect(splits).to.have.length(1);
      expect(splits[0]).to.match(/^b\.csv line \d and a\.csv line \d have the key till:9/);
    });

    it(`${title}, is told in the second of two runs, and in every later one`, async () => {
      await using world = new World([], { members });
      expect(told(await world.start({ feeds: [file('a.csv', one)] }))).to.deep.equal({ code: 0, splits: [] });
      for (const attempt of [1, 2]) {
        const { code, splits } = told(await world.start({ feeds: [file('b.csv', other)] }));
        expect([code, splits.length], `attempt ${attempt}`).to.deep.equal([68, 1]);
      }
      expect(told(await world.start({ feeds: [file('a.csv', one)] })), 'the first file').to.deep.equal({
        code: 0,
        splits: [],
      });
    });
  }

  it('is told with what to do, if it may be whole in both', async () => {
    await using world = new World([], { members });
    const { splits } = told(await world.start({ feeds: [file('a.csv', cup), file('b.csv', sameHalf)] }));
    expect(splits[0]).to.include('Both have the same content.').and.include('"sync retry" with --keep-org');
    await using other = new World([], { members });
    const halves = told(await other.start({ feeds: [file('a.csv', cup), file('b.csv', tea)] }));
    expect(halves.splits[0]).to.include('Put the lines of a group into one file.').and.not.include('same content');
  });

  it('is told if the second file has the name of the first, as of a log that was rotated', async () => {
    await using world = new World([], { members });
    await world.start({ feeds: [file('till.csv', cup)] });
    const { code, splits } = told(await world.start({ feeds: [file('till.csv', sameHalf)] }));
    expect([code, splits.length]).to.deep.equal([68, 1]);
  });

  it('is told for the last part of three', async () => {
    await using world = new World([], { members });
    const feeds = [file('a.csv', cup), file('b.csv', ['9 10']), file('c.csv', tea)];
    const { code, splits } = told(await world.start({ feeds }));
    expect([code, splits.length]).to.deep.equal([68, 2]);
  });

  it('is settled when a person keeps what the org has', async () => {
    await using world = new World([], { members });
    await world.start({ feeds: [file('a.csv', cup), file('b.csv', sameHalf)] });
    await world.retry({ keepOrg: ['till:9'] });
    const feeds = [file('a.csv', cup), file('b.csv', sameHalf)];
    expect(told(await world.start({ feeds }))).to.deep.equal({ code: 0, splits: [] });
    expect(inOrg(world)).to.deep.equal(['10: 1', '8: 1', '9: 10']);
  });

  it('is told although lines that are skipped or bad stand between it and the end', async () => {
    await using world = new World([], { members });
    const skipping = parseMapping(`${receiptMapping}skip: Amount = '0'\n`, 'map.yml');
    const feeds = [file('a.csv', [...cup, '7 0'], skipping), file('b.csv', ['7 0', ...sameHalf], skipping)];
    const { code, splits } = told(await world.start({ feeds }));
    expect([code, splits.length]).to.deep.equal([68, 1]);
  });

  it('is told by a watch whose file is rotated within it', async () => {
    await using world = new World([], { members });
    const folder = await mkdtemp(join(tmpdir(), 'split-'));
    try {
      const path = join(folder, 'till.csv');
      await writeFile(path, textOf(cup));
      let time = 0;
      let isTicking = false;
      const clock: MonotonicClock = {
        now: () => 0,
        monotonic: () => (isTicking ? (time += 2000) : time),
        sleep: () => setImmediate(),
      };
      const watched = await watchFile(path, mapping, { clock, untilIdle: 60_000 });
      const { feeds: _, ...options } = world.options();
      const watch = watchSync({ ...options, watched });
      while (!(await world.outbox.find('till:8'))) await setImmediate();
      await rename(path, `${path}.1`);
      await writeFile(path, textOf(sameHalf));
      isTicking = true;
      const { code, splits } = told(await watch);
      expect([code, splits.length]).to.deep.equal([68, 1]);
      expect(inOrg(world)).to.deep.equal(['10: 1', '8: 1', '9: 10']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a file whose receipts are whole', () => {
  const quiet = { code: 0, splits: [] };
  const files: readonly (readonly string[])[] = [cup, ['9 10'], ['9 10', '9 3']];
  for (const rows of files) {
    it(`is known when it is read again, or has grown: ${rows.join(', ')}`, async () => {
      await using world = new World([], { members });
      await world.start({ feeds: [file('a.csv', rows)] });
      const again = await world.start({ feeds: [file('a.csv', rows)] });
      expect(told(again)).to.deep.equal(quiet);
      expect(again.counts.transactions.known).to.equal(again.counts.transactions.made);
      expect(told(await world.start({ feeds: [file('a.csv', [...rows, '10 1'])] }))).to.deep.equal(quiet);
    });
  }

  it('is known under another name', async () => {
    await using world = new World([], { members });
    const rows = ['8 1', '9 10', '9 3'];
    const feeds = [file('a.csv', rows), file('copy.csv', rows)];
    expect(told(await world.start({ feeds }))).to.deep.equal(quiet);
  });

  it('is known under another name if it has one receipt only, and the mapping accepts repeats', async () => {
    await using world = new World([], { members });
    const accepting = parseMapping(`${receiptMapping}repeats: accept\n`, 'map.yml');
    const feeds = [file('a.csv', ['9 10'], accepting), file('copy.csv', ['9 10'], accepting)];
    expect(told(await world.start({ feeds }))).to.deep.equal(quiet);
  });

  it('has no edge in its middle, wherever two exports overlap', async () => {
    await using world = new World([], { members });
    const feeds = [file('a.csv', ['7 1', '8 1', '9 10']), file('b.csv', ['8 1', '9 10', '10 1'])];
    expect(told(await world.start({ feeds }))).to.deep.equal(quiet);
  });
});

describe('a feed that is divided into two files anywhere', () => {
  it('brings each receipt with all of its lines, or is told', async () => {
    const amounts = fc.array(fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(amounts, fc.nat(), fc.boolean(), fc.boolean(), async (receipts, at, isOneRun, isTurned) => {
        const rows = receipts.flatMap((lines, receipt) => lines.map((amount) => `${receipt} ${amount}`));
        const cut = at % (rows.length + 1);
        const parts = [file('a.csv', rows.slice(0, cut)), file('b.csv', rows.slice(cut))];
        const feeds = isTurned ? parts.toReversed() : parts;
        await using world = new World([], { members });
        const reports: SyncReport[] = [];
        for (const some of isOneRun ? [feeds] : feeds.map((feed) => [feed]))
          reports.push(await world.start({ feeds: some }));
        const codes = reports.map((report) => told(report).code);
        const expected = receipts.map((lines, receipt) => `${receipt}: ${lines.reduce((sum, one) => sum + one, 0)}`);
        const isSplit = cut > 0 && rows[cut - 1]?.split(' ')[0] === rows[cut]?.split(' ')[0];
        expect(Math.max(...codes)).to.equal(isSplit ? 68 : 0);
        if (!isSplit) expect(inOrg(world)).to.deep.equal(expected.sort());
      }),
      { numRuns: 40, seed: 9 },
    );
  });
});
