import { expect } from 'chai';
import fc from 'fast-check';
import { csvFeed, parseMapping } from '../../src/feed/index.js';
import type { FeedEntry, FeedPosition, KeyCounts } from '../../src/feed/index.js';
import { chunked, header, invoiceLines, outcome, readAll, readPart, rejections, stream, thrown } from './reading.js';
import { damages } from './rowDamages.js';

const text = `${invoiceLines.replace(/occurrenceWithin: .* }/, 'occurrenceWithinFeed: true }')}skip: Quantity = '0'\n`;
const mapping = parseMapping(text, 'map.yml');

function row(invoice: string, code: string, member = 'M1', quantity = '1'): string {
  return `${invoice},${code},${member},1/12/2010,${quantity},1`;
}

async function entriesOf(...rows: string[]): Promise<FeedEntry[]> {
  return await readAll(csvFeed(stream([header, ...rows].join('\n')), mapping));
}

async function outcomes(...rows: string[]): Promise<string[]> {
  return (await entriesOf(...rows)).map((entry) => outcome(entry).replace('shop:', ''));
}

/** Counts as a disk has them: what was set since they were last stored is lost with the process. */
class DiskCounts implements KeyCounts {
  readonly #stored: Map<string, number>;
  readonly #fresh = new Map<string, number>();

  constructor(stored: ReadonlyMap<string, number> = new Map()) {
    this.#stored = new Map(stored);
  }

  get(key: string): number {
    return this.#fresh.get(key) ?? this.#stored.get(key) ?? 0;
  }

  set(key: string, count: number): void {
    this.#fresh.set(key, count);
  }

  store(): DiskCounts {
    return new DiskCounts(new Map([...this.#stored, ...this.#fresh]));
  }
}

describe('numbers in keys that are counted in the whole feed', () => {
  it('count rows with the same key wherever they are', async () => {
    const rows = [row('1', 'A'), row('2', 'A'), row('1', 'A'), row('1', 'B'), row('1', 'A'), row('2', 'A')];
    expect(await outcomes(...rows)).to.deep.equal(['1:A:1', '2:A:1', '1:A:2', '1:B:1', '1:A:3', '2:A:2']);
  });

  it('count rejected and skipped rows too, so that correcting them changes no other key', async () => {
    const rows = [row('1', 'A', ''), row('2', 'A'), row('1', 'A', 'M1', '0'), row('1', 'A', 'M1', 'x'), row('1', 'A')];
    expect(await outcomes(...rows)).to.deep.equal(['missing-member', '2:A:1', 'skipped', 'unreadable-number', '1:A:4']);
  });

  it('are uncertain for every later row that a row without a readable key might be', async () => {
    const rows = [row('1', 'A'), row('', 'A'), row('3', 'B'), row('2', 'A'), `"${row('4', 'C')}`, row('4', 'C')];
    expect(await outcomes(...rows)).to.deep.equal([
      '1:A:1',
      'missing-key',
      '3:B:1',
      'uncertain-occurrence',
      'malformed-row',
      'uncertain-occurrence',
    ]);
    expect(rejections(await entriesOf(...rows))[1]!.message).to.equal(
      '- line 5: Invoice "2" may also be in line 3, whose key cannot be read, so this row cannot be counted; correct that line and read the file again.',
    );
  });

  it('are certain after a skipped row without a key', async () => {
    expect(await outcomes(row('1', 'A'), row('', '', '', '0'), row('1', 'A'))).to.deep.equal([
      '1:A:1',
      'skipped',
      '1:A:2',
    ]);
  });

  it('are uncertain for all later rows if very many rows have no readable key', async () => {
    const bad = Array.from({ length: 101 }, (_, index) => row('', `C${index}`));
    expect((await outcomes(...bad.slice(1), row('1', 'Z'))).at(-1)).to.equal('1:Z:1');
    expect((await outcomes(...bad, row('1', 'Z'))).at(-1)).to.equal('uncertain-occurrence');
  });

  const line = fc.record({
    invoice: fc.constantFrom('1', '2', '12'),
    code: fc.constantFrom('A', 'B', 'AB'),
    damage: fc.oneof(
      { weight: 4, arbitrary: fc.constant('none') },
      { weight: 2, arbitrary: fc.constantFrom(...Object.keys(damages)) },
    ),
  });
  const lines = fc.array(line, { minLength: 1, maxLength: 20 });
  const cellsOf = ({ invoice, code }: { invoice: string; code: string }): string[] => [
    invoice,
    code,
    'M1',
    '1/12/2010',
    '1',
    '1',
  ];

  it('never change when a bad row is corrected', async () => {
    await fc.assert(
      fc.asyncProperty(lines, async (all) => {
        const corrected = await outcomes(...all.map((each) => cellsOf(each).join(',')));
        const damaged = await outcomes(...all.map((each) => damages[each.damage]!(cellsOf(each))));
        for (const [index, found] of damaged.entries()) {
          if (found.includes(':')) expect(found).to.equal(corrected[index]);
          if (all[index]!.damage === 'none') expect(found).not.to.match(/^(missing|malformed)/);
        }
        expect(new Set(corrected).size).to.equal(corrected.length);
      }),
      { numRuns: 300 },
    );
  });

  it('are the same however the bytes are split, and from any row on', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.nat(), { maxLength: 6 }), fc.boolean(), async (all, cuts, ends) => {
        const rows = all.map((each) => damages[each.damage]!(cellsOf(each)));
        const bytes = Buffer.from([header, ...rows].join('\n') + (ends ? '\n' : ''));
        const whole = await readAll(csvFeed(stream(bytes), mapping));
        expect(await readAll(csvFeed(chunked(bytes, cuts), mapping))).to.deep.equal(whole);
        const entries: FeedEntry[] = [];
        let from: FeedPosition | undefined;
        let keyCounts = new DiskCounts();
        while (entries.length < whole.length) {
          const part = await readPart(csvFeed(chunked(bytes, cuts), mapping), { from, keyCounts, limit: 1 });
          entries.push(...part.entries);
          from = part.position;
          keyCounts = keyCounts.store();
        }
        expect(entries).to.deep.equal(whole);
      }),
      { numRuns: 100 },
    );
  });

  it('go on in rows that were appended', async () => {
    const keyCounts = new DiskCounts();
    const begun = [header, row('1', 'A'), row('2', 'A')].join('\n');
    const { position: from } = await readPart(csvFeed(stream(begun), mapping), { keyCounts });
    const grown = `${begun}\n${row('1', 'A')}\n${row('3', 'A')}\n`;
    const rest = await readAll(csvFeed(stream(grown), mapping), { from, keyCounts: keyCounts.store() });
    expect(rest.map((entry) => [outcome(entry), entry.line])).to.deep.equal([
      ['shop:1:A:2', 4],
      ['shop:3:A:1', 5],
    ]);
    expect(await thrown(() => readAll(csvFeed(stream(grown), mapping), { from }))).to.have.property(
      'message',
      'Reading on from a position needs the keyCounts of that position.',
    );
  });

  it('are either those of a group or those of the feed', () => {
    const both = text.replace('occurrenceWithinFeed', 'occurrenceWithin: Invoice, occurrenceWithinFeed');
    expect(() => parseMapping(both, 'map.yml')).to.throw(
      'map.yml line 3: `key.occurrenceWithinFeed` contradicts occurrenceWithin: keys are numbered within a group or in the whole feed.',
    );
  });
});
