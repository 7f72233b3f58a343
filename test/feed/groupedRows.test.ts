import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { csvFeed, ndjsonFeed, ObjectRows, openFeed, parseMapping } from '../../src/feed/index.js';
import type { FeedEntry, FeedPosition, KeyCounts, Mapping } from '../../src/feed/index.js';
import { expectedOutcomes, feedText, itemLine, modelLines, receiptHeader, receipts } from './groupModel.js';
import { chunked, outcome, readAll, readPart, rejections, stream, thrown } from './reading.js';

const mapping = parseMapping(`${receipts}skip: Item = 'VOID'\n`, 'map.yml');
/** Without a process for expressions. */
const plain = parseMapping(receipts, 'map.yml');

function told(entry: FeedEntry): string {
  if (entry.kind !== 'transaction') return outcome(entry);
  const { key, journal } = entry.transaction;
  return `${key} ${journal['TransactionAmount']} ${journal['Quantity']}`;
}

/** Keeps what is known of keys where it can be copied. */
function countsIn(counts: Map<string, number>): KeyCounts {
  return { get: (key) => counts.get(key) ?? 0, set: (key, count) => void counts.set(key, count) };
}

async function entriesOf(rows: readonly string[], map: Mapping = plain): Promise<FeedEntry[]> {
  return readAll(csvFeed(stream([receiptHeader, ...rows, ''].join('\n')), map));
}

describe('rows that are grouped', () => {
  it('become the transactions that another way of grouping finds', async () => {
    await fc.assert(
      fc.asyncProperty(modelLines, async (lines) => {
        const entries = await readAll(csvFeed(stream(feedText(lines, '\n')), mapping));
        expect(entries.map(told)).to.deep.equal(expectedOutcomes(lines));
      }),
      { numRuns: 500 },
    );
  });

  it('are the same however the bytes are split, and wherever reading is stopped and continued', async () => {
    await fc.assert(
      fc.asyncProperty(
        modelLines,
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(), { maxLength: 12 }),
        fc.nat(),
        async (lines, end, cuts, place) => {
          const bytes = Buffer.from(feedText(lines, end));
          const whole = await readAll(csvFeed(stream(bytes), mapping));
          const entries: FeedEntry[] = [];
          const positions: FeedPosition[] = [];
          const counts: number[] = [];
          const known: Map<string, number>[] = [];
          const ofPart = new Map<string, number>();
          const ofWhole = new Map<string, number>();
          const limit = whole.length === 0 ? undefined : 1 + (place % whole.length);
          const first = await readPart(csvFeed(chunked(bytes, cuts), mapping), { limit, keyCounts: countsIn(ofPart) });
          const reading = { endedGroups: new Set<string>(), keyCounts: countsIn(ofWhole) };
          for await (const stretch of csvFeed(chunked(bytes, cuts), mapping).read(reading)) {
            entries.push(...stretch.entries);
            positions.push(JSON.parse(JSON.stringify(stretch.position)) as FeedPosition);
            counts.push(entries.length);
            known.push(new Map(ofWhole));
          }
          expect(entries).to.deep.equal(whole);
          if (limit !== undefined) {
            positions.push(first.position);
            counts.push(first.entries.length);
            known.push(ofPart);
          }
          for (const [index, from] of positions.entries()) {
            const rest = await readAll(csvFeed(stream(bytes), mapping), { from, keyCounts: countsIn(known[index]!) });
            expect(rest).to.deep.equal(whole.slice(counts[index]));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are delivered only when the group is known to be complete', async () => {
    const rows = [itemLine('R1', 100), itemLine('R1', 200), itemLine('R2', 300)];
    const bytes = Buffer.from(`${[receiptHeader, ...rows].join('\n')}\n`);
    const end = bytes.length;
    let given = 0;
    async function* slowly(): AsyncGenerator<Uint8Array> {
      for (; given < end; given++) yield bytes.subarray(given, given + 1);
    }
    const [first] = await Array.fromAsync(csvFeed(slowly(), plain).read({ endedGroups: new Set(), limit: 1 }));
    expect(first?.entries.map(told)).to.deep.equal(['till:R1 3.00 2', 'grouped']);
    expect(given, 'up to the end of the line that begins another group').to.be.within(end - 2, end);
    expect(first?.position).to.include({ offset: end - rows[2]!.length - 1, rows: 2, line: 4 });
  });

  it('are rejected together if one of them is bad, each with the line to correct', async () => {
    const bad = itemLine('R1', 100).replace('1.00', 'x');
    const entries = await entriesOf([itemLine('R1', 100), bad, itemLine('R1', 100), itemLine('R2', 100)]);
    expect(entries.map(told)).to.deep.equal([
      'group-rejected',
      'unreadable-number',
      'group-rejected',
      'till:R2 1.00 1',
    ]);
    const [first, second] = rejections(entries);
    expect(first).to.include({ line: 2, raw: itemLine('R1', 100) });
    expect(first?.message).to.equal(
      '- line 2: line 3 of its group is rejected; correct that line and read the file again.',
    );
    expect(second).to.include({ line: 3, column: 'Amount', value: 'x' });
  });

  it('are rejected if they go on after another group, and their first part was rejected', async () => {
    const bad = itemLine('R1', 100).replace('1.00', 'x');
    const rows = [itemLine('R1', 100), bad, itemLine('R2', 100), itemLine('R1', 300), itemLine('R1', 400)];
    const entries = await entriesOf([...rows, itemLine('R3', 100), itemLine('R2', 200)]);
    expect(entries.map(told)).to.deep.equal([
      ...['group-rejected', 'unreadable-number', 'till:R2 1.00 1'],
      ...['group-rejected', 'group-rejected', 'till:R3 1.00 1', 'till:R2 2.00 1'],
    ]);
    expect(rejections(entries).map(({ message }) => message)[2]).to.equal(
      '- line 5: a group before it has the same key and is rejected because of line 3; correct that line, move all lines of the group together, and read the file again.',
    );
    const corrected = rows.with(1, itemLine('R1', 100));
    const later = await entriesOf(corrected);
    expect(later.map(told)).to.include.members(['till:R1 2.00 2', 'till:R1 7.00 2']);
  });

  it('must have one member, one key and one date, and the rejection names both lines', async () => {
    for (const [name, from, to, words] of [
      [
        'member',
        'HR-1',
        'HR-2',
        'Card "HR-2" differs from line 2 of its group, which has "HR-1"; correct the line and',
      ],
      [
        'date',
        '09:15',
        '09:16',
        'which has "2026-04-02T09:15:00Z"; if the lines of a group have dates of their own, say',
      ],
    ] as const) {
      const entries = await entriesOf([itemLine('R1', 100), itemLine('R1', 100).replace(from, to)]);
      expect(entries.map(told), name).to.deep.equal(['group-rejected', 'group-disagrees']);
      expect(rejections(entries)[1]?.message, name).to.include('line 3: ').and.include(words);
    }
  });

  it('are rejected together if the key is broken', async () => {
    const key = 'key: { expression: \'"\\ud83d" & Receipt\' }';
    const map = parseMapping(receipts.replace('key: Receipt', key), 'map.yml');
    const entries = await entriesOf([itemLine('R1', 100), itemLine('R1', 100)], map);
    expect(entries.map(told)).to.deep.equal(['not-utf8', 'group-rejected']);
  });

  it('may have the member and the date in one of them only', async () => {
    const entries = await entriesOf(['R1,,,TEA,1.00', itemLine('R1', 200), 'R1,,,CUP,3.00']);
    expect(entries.map(told)).to.deep.equal(['till:R1 6.00 3', 'grouped', 'grouped']);
    const none = await entriesOf(['R1,,2026-04-02T09:15:00Z,TEA,1.00']);
    expect(none.map(told)).to.deep.equal(['missing-member']);
  });

  it('take every form of a field', async () => {
    const map = parseMapping(
      `${receipts.slice(0, receipts.indexOf('journal:'))}
journal:
  ActivityDate: { max: At }
  JournalTypeName: { value: Accrual }
  Sum: { sum: { number: Amount, decimals: 1 } }
  Products: { sum: { multiply: [Amount, Amount] }, decimals: 1 }
  Smallest: { min: { number: Amount } }
  Largest: { max: { number: Amount } }
  First: { first: Item }
  Plain: Item
  Last: { last: { translate: Item, to: { TEA: Tea, CUP: Cup } } }
  Count: { count: Item }
  Items: { join: Item, separator: ' + ' }
  Lines: { expression: "$count(lines) & ' of ' & Receipt & ': ' & lines[-1].Item" }
`,
      'map.yml',
    );
    const rows = ['R1,A,2026-04-02T10:00:00Z,,9.95', 'R1,A,2026-04-02T11:00:00Z,TEA,10.05', 'R1,A,,CUP,-1'];
    const [entry] = await entriesOf(rows, map);
    expect(entry).to.have.nested.property('transaction.journal').that.deep.equals({
      ActivityDate: '2026-04-02T11:00:00.000Z',
      JournalTypeName: 'Accrual',
      Sum: '19.1',
      Products: '201.0',
      Smallest: '-1',
      Largest: '10.05',
      First: 'TEA',
      Plain: 'TEA',
      Last: 'Cup',
      Count: '2',
      Items: 'TEA + CUP',
      Lines: '3 of R1: CUP',
    });
  });

  it('are the same in NDJSON, by paths and expressions', async () => {
    const map = parseMapping(
      `
source: shop
key: { expression: "$string(order.id)" }
member: { expression: '$lowercase(card)' }
group: { by: [{ expression: "$substring(order.at, 0, 10)" }, order.id] }
journal: { ActivityDate: { first: order.at }, JournalTypeName: { value: Accrual }, TransactionAmount: { sum: price } }
`,
      'map.yml',
    );
    const rows = [
      { order: { id: 1, at: '2026-04-02T09:15:00Z' }, card: 'HR-1', price: 0.1 },
      { order: { id: 1, at: '2026-04-02T09:16:00Z' }, card: 'hr-1', price: 0.2 },
      { order: { id: 1, at: '2026-04-03T09:15:00Z' }, card: 'HR-1', price: 5 },
    ];
    const entries = await readAll(ndjsonFeed(stream(rows.map((row) => JSON.stringify(row)).join('\n')), map));
    expect(entries.map(outcome)).to.deep.equal(['shop:1', 'grouped', 'shop:1']);
    expect(entries[0]).to.have.nested.property('transaction.member', 'hr-1');
    expect(entries[0]).to.have.nested.property('transaction.journal.TransactionAmount', '0.3');
  });

  it('become several journals, or none', async () => {
    const map = parseMapping(
      receipts.replace(
        'journal:',
        'journals: [{ name: all, when: $sum(lines.$number(Amount)) > 1, journal: {} }, { name: big, when: $count(lines) > 1, journal: { Comment: { join: Item } } }]\njournal:',
      ),
      'map.yml',
    );
    const entries = await entriesOf(
      [itemLine('R1', 90), itemLine('R1', 90), itemLine('R2', 300), itemLine('R3', 100)],
      map,
    );
    expect(entries.map(outcome)).to.deep.equal(['till:R1:all till:R1:big', 'grouped', 'till:R2:all', 'skipped']);
  });

  it('are numbered by group', async () => {
    const map = parseMapping(
      receipts.replace('key: Receipt', 'key: { columns: [Receipt], occurrenceWithinFeed: true }'),
      'map.yml',
    );
    const rows = ['R1', 'R1', 'R2', 'R1'].map((receipt) => itemLine(receipt, 100));
    expect((await entriesOf(rows, map)).map(outcome)).to.deep.equal(['till:R1:1', 'grouped', 'till:R2:1', 'till:R1:2']);
  });

  it('end reading if a group is so large that its column is probably the wrong one, after the groups before it', async () => {
    const rows = [itemLine('R1', 100), ...Array.from({ length: 10_001 }, () => itemLine('R2', 1))];
    const taken: string[] = [];
    const error = await thrown(async () => {
      const feed = csvFeed(stream([receiptHeader, ...rows].join('\n')), plain);
      for await (const { entries } of feed.read({ endedGroups: new Set() })) taken.push(...entries.map(told));
    });
    expect(error)
      .to.have.property('message')
      .that.includes('The lines 3 to 10003 of - are one group (Receipt "R2"), but a group has at most 10,000 lines');
    expect(taken).to.deep.equal(['till:R1 1.00 1']);
  });

  it('can be followed by many rows that are skipped, which fill no memory and hide no digest', async () => {
    const rows = [
      itemLine('R1', 100),
      ...Array.from({ length: 40_000 }, () => itemLine('R9', 1, `VOID${' '.repeat(300)}`)),
    ];
    const bytes = Buffer.from([receiptHeader, ...rows, itemLine('R1', 200), ''].join('\n'));
    const cuts = Array.from({ length: bytes.length / 50_000 }, (_, index) => index * 50_000);
    const entries = await readAll(csvFeed(chunked(bytes, cuts), mapping));
    expect(entries.filter(({ kind }) => kind !== 'skipped').map(told)).to.deep.equal([
      'till:R1 1.00 1',
      'till:R1 2.00 1',
    ]);
  });

  it('begin another group behind a place up to which everything was delivered', async () => {
    const text = `${[receiptHeader, itemLine('R1', 100)].join('\n')}\n`;
    const keyCounts = countsIn(new Map());
    const { position: from } = await readPart(csvFeed(stream(text), plain), { keyCounts });
    const grown = `${text}${itemLine('R1', 200)}\n${itemLine('R1', 300)}\n`;
    const rest = await readAll(csvFeed(stream(grown), plain), { from, keyCounts });
    expect(rest.map(told)).to.deep.equal(['till:R1 5.00 2', 'grouped']);
  });

  for (const [name, from, to] of [
    ['for a line', 'group:', "skip: $match(Item, /^(a+)+$/).match = 'x'\ngroup:"],
    ['for a group', '  Quantity: { count: Receipt }', "  Comment: { expression: '$match(Item, /^(a+)+$/).match' }"],
  ] as const)
    it(`end reading behind the groups before it if too many exceed the limits of an expression ${name}`, async () => {
      const hangs = `${'a'.repeat(60)}!`;
      const rows = [itemLine('R1', 100), itemLine('R1', 100), itemLine('R2', 1), itemLine('R3', 1, hangs)];
      const feed = csvFeed(
        stream([receiptHeader, ...rows].join('\n')),
        parseMapping(receipts.replace(from, to), 'map.yml'),
      );
      const taken: string[] = [];
      const error = await thrown(async () => {
        const expressionLimits = { seconds: 0.3, rows: 1 };
        for await (const { entries } of feed.read({ endedGroups: new Set(), expressionLimits }))
          taken.push(...entries.map(outcome));
      });
      expect(error).to.have.property('message').that.includes('did not end within 0.3 seconds');
      expect(taken.slice(0, 2)).to.deep.equal(['till:R1', 'grouped']);
      expect(taken.slice(2), 'the group that was open').to.not.include('till:R3');
    });

  it('are named by their number in a list, and cannot be pushed one by one', async () => {
    const rows = [1, 'x'].map((Amount) => ({ Receipt: 'R1', Card: 'A', At: '2026-04-02T09:15:00Z', Amount }));
    const folder = await mkdtemp(join(tmpdir(), 'groups-'));
    try {
      const path = join(folder, 'feed.json.gz');
      await writeFile(path, gzipSync(JSON.stringify(rows)));
      const entries = await readAll(await openFeed(path, plain));
      expect(rejections(entries)[0]?.message).to.equal(
        `${path} row 1: row 2 of its group is rejected; correct that row and give it again.`,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
    const target = { field: () => undefined, writableNames: [], isRecord: false };
    expect(() => new ObjectRows(plain, { target, name: 'pushed' })).to.throw('groups rows (group), but each object');
  });

  it('are refused in a mapping that contradicts itself', () => {
    for (const [text, words] of [
      [
        receipts.replace('group: { by: Receipt }\n', ''),
        '`journal.TransactionAmount` is made from the lines of a group',
      ],
      [
        receipts
          .replace('key: Receipt', 'key: { columns: [Receipt], occurrenceWithin: Receipt }')
          .replace('by: Receipt', 'by: Receipt, completeAfter: 5'),
        'occurrenceWithin',
      ],
      [
        receipts.replace('sum: Amount', 'sum: { number: Amount }, decimalSeparator: ","'),
        '`decimalSeparator` belongs to what is summed',
      ],
      [
        receipts.replace('sum: Amount', 'sum: { date: At }'),
        '`journal.TransactionAmount.sum.date` is not a key of a mapping',
      ],
      [receipts.replace('by: Receipt', 'by: []'), '`group.by` cannot be'],
    ] as const)
      expect(() => parseMapping(text, 'map.yml')).to.throw(words);
  });
});
