import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { csvFeed, endedGroupsInMemory, FeedError, ndjsonFeed, parseMapping } from '../../src/feed/index.js';
import type { BytePosition } from '../../src/feed/bytes/bytePosition.js';
import type { Feed, FeedPosition } from '../../src/feed/index.js';
import { chunked, header, invoiceLines, outcome, readAll, readPart, stream, thrown } from './reading.js';

const mapping = parseMapping(invoiceLines, 'map.yml');
const row = (invoice: number): string => `${invoice},A,M1,1/12/2010,1,1`;
const rows = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => `${row(from + index)}\n`).join('');
const text = `${header}\n${rows(10, 5)}`;

const truncated = /: it was truncated, or is another feed: it has only \d+ bytes now, but \d+ had been read\.$/;
const replaced = /: it was replaced: it begins differently from the feed that was being read\.$/;
const changed = /: it begins the same, but an earlier line was changed, added or removed after it had been read\.$/;
const incomplete = /: its last line was not complete when it was read\.$/;

async function refusal(feed: Feed, from: FeedPosition): Promise<string> {
  const error = await thrown(() => readAll(feed, { from }));
  expect(error).to.be.instanceOf(FeedError).with.property('code', 'position-refused');
  expect((error as FeedError).actions).to.have.lengthOf(1);
  return (error as FeedError).message;
}

async function positionIn(content: string, limit?: number): Promise<FeedPosition> {
  return (await readPart(csvFeed(stream(content), mapping), limit === undefined ? {} : { limit })).position;
}

/** A file and a stream are the same feed if their bytes are the same. */
const kinds: readonly [kind: string, open: (content: string, path: string) => Promise<Feed>][] = [
  [
    'a file',
    async (content, path) => {
      await writeFile(path, content);
      return csvFeed(path, mapping);
    },
  ],
  ['a stream', async (content) => csvFeed(chunked(Buffer.from(content), [7, 50, 51, 90]), mapping)],
];

describe('a feed is the same only if everything before the position is the same', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feed-'));
    path = join(folder, 'feed.csv');
  });
  afterEach(() => rm(folder, { recursive: true }));

  for (const [kind, openFeed] of kinds) {
    const open = (content: string): Promise<Feed> => openFeed(content, path);

    describe(kind, () => {
      it('continues if it only grew after the position', async () => {
        const from = await positionIn(text, 2);
        const rest = await readAll(await open(text + rows(15, 2)), { from });
        expect(rest.map(outcome)).to.deep.equal([12, 13, 14, 15, 16].map((invoice) => `shop:${invoice}:A:1`));
      });

      it('says that it was truncated', async () => {
        const from = await positionIn(text);
        const message = await refusal(await open(text.slice(0, -1 - row(14).length)), from);
        expect(message).to.match(/^The feed (-|.*feed\.csv) cannot be read on from line 7: /);
        expect(message).to.match(truncated);
        expect(await refusal(await open(''), from)).to.match(truncated);
        expect(await refusal(await open(`${header}\n`), from)).to.match(truncated);
      });

      it('says that it was replaced, whatever errors the other feed has', async () => {
        const from = await positionIn(text, 3);
        for (const other of [
          text.replace('M1', 'M2'),
          `${header}\n${rows(70, 9)}`,
          `Some,Other,Columns\n${rows(10, 9)}`,
          `"not closed\n${rows(10, 9)}`,
          `\u0000\u0001${rows(10, 9)}`,
          rows(10, 30).replaceAll('\n', '\r'),
        ])
          expect(await refusal(await open(other), from)).to.match(replaced);
      });

      it('says that a line was changed, added or removed', async () => {
        const from = await positionIn(text, 3);
        expect(await refusal(await open(text.replace('11,A', '11,B')), from)).to.match(changed);
        const more = text.replace(row(12), `${row(99)}\n${row(98)}\n${row(12)}`);
        expect(await refusal(await open(more), await positionIn(text, 4))).to.match(changed);
        const shorter = text.replace(row(11), '1\n2\n3');
        expect(await refusal(await open(shorter), from)).to.match(changed);
      });

      it('says that its last line was not complete', async () => {
        const from = await positionIn(text.slice(0, -1));
        for (const more of ['2.50\n', '2', ',x\n', '\r2\n', ' \n'])
          expect(await refusal(await open(text.slice(0, -1) + more), from), JSON.stringify(more)).to.match(incomplete);
        for (const end of ['', '\n', '\r\n', '\r'])
          expect(await readAll(await open(text.slice(0, -1) + end), { from }), JSON.stringify(end)).to.be.empty;
        const grown = await readAll(await open(`${text.slice(0, -1)}\r\n${row(15)}`), { from });
        expect(grown.map(outcome)).to.deep.equal(['shop:15:A:1']);
      });

      it('says that a quoted row was not complete, which a reader of lines would miss', async () => {
        for (const [open1, close] of [
          ['14,"A', '\nB",M1,1/12/2010,1,1\n'],
          ['14,"A\n', 'B",M1,1/12/2010,1,1\n'],
          ['14,A,M1,1/12/2010,1,"1', '\n"'],
          ['14,A,M1,1/12/2010,1,"1\n', '"\n'],
        ] as const) {
          const cut = `${header}\n${rows(10, 4)}${open1}`;
          const message = await refusal(await open(cut + close), await positionIn(cut));
          expect(message, JSON.stringify([open1, close])).to.match(incomplete);
        }
      });

      it('says so even of a feed that was read to its end', async () => {
        const from = await positionIn(text);
        const growth = async (content: string): Promise<unknown> => (await open(content)).growth!(from);
        expect(await growth(text)).to.equal(undefined);
        expect(await growth(`${text}\r\n\n`)).to.equal(undefined);
        const bytes = kind === 'a file' ? row(15).length : undefined;
        expect(await growth(text + row(15))).to.deep.equal({ bytes });
        const error = await thrown(() => growth(text.replace('12,A', '12,B')));
        expect((error as FeedError).message).to.match(changed);
      });
    });
  }

  it('detects a change anywhere after the first 64 KB', async () => {
    const long = `${header}\n${rows(100_000, 9000)}`;
    const from = await positionIn(long, 8500);
    await writeFile(path, long.replace('108000,A', '108000,B'));
    expect(await refusal(csvFeed(path, mapping), from)).to.match(changed);
  });

  it('keeps no more of an endless line than a row may have, and still checks everything before it', async () => {
    const line = 'x'.repeat(5_000_000);
    const content = `${header}\n${row(1)}\n${line}\n${row(2)}\n`;
    await writeFile(path, content);
    const { position } = await readPart(csvFeed(path, mapping), { limit: 2 });
    const last = (await readAll(csvFeed(path, mapping))).slice(2);
    expect(last).to.have.lengthOf(1);
    expect(await readAll(csvFeed(path, mapping), { from: position })).to.deep.equal(last);
    await writeFile(path, content.replace('xx\n', 'xy\n'));
    expect(await refusal(csvFeed(path, mapping), position)).to.match(changed);
  });

  it('continues a file as a stream, and a stream as a file', async () => {
    await writeFile(path, text);
    const { position } = await readPart(csvFeed(path, mapping), { limit: 2 });
    expect(position).to.deep.equal(await positionIn(text, 2));
    expect(await readAll(csvFeed(stream(text), mapping), { from: position })).to.have.lengthOf(3);
  });

  it('refuses to skip rows that are counted differently now', async () => {
    const { position } = await readPart(csvFeed(stream(text), mapping), { limit: 3 });
    for (const counted of [2, 4])
      expect(await refusal(csvFeed(stream(text), mapping), { ...position, rows: counted })).to.match(
        new RegExp(`: the same bytes give 3 rows before that line now, but gave ${counted} when they were read`),
      );
  });

  it('says so of NDJSON too', async () => {
    const lines = [1, 2, 3].map((Invoice) =>
      JSON.stringify({ Invoice, Code: 'A', Member: 'M1', Date: '1/12/2010', Quantity: 1, Price: 1 }),
    );
    const whole = `${lines.join('\n')}\n`;
    await writeFile(path, whole);
    const { position: from } = await readPart(ndjsonFeed(path, mapping), { limit: 2 });
    await appendFile(path, `${lines[0]!.replace('1', '4')}\n`);
    expect((await readAll(ndjsonFeed(path, mapping), { from })).map(outcome)).to.deep.equal([
      'shop:3:A:1',
      'shop:4:A:1',
    ]);
    await writeFile(path, whole.replace('"Invoice":2', '"Invoice":7'));
    expect(await refusal(ndjsonFeed(path, mapping), from)).to.match(changed);
    await writeFile(path, whole.replace('"Invoice":1', '"Invoice":7'));
    expect(await refusal(ndjsonFeed(path, mapping), from)).to.match(replaced);
  });

  it('refuses every change of a single byte before the position', async () => {
    const part = fc.constantFrom(row(1), row(2), '', '3,"A\nB",M1,1/12/2010,1,1', '3,"A', 'x', '4,é,M1,1/12/2010,1,1');
    const feeds = fc.tuple(fc.array(part, { minLength: 1, maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.nat());
    await fc.assert(
      fc.asyncProperty(feeds, fc.integer({ min: 1, max: 255 }), async ([lines, end, place], mask) => {
        const bytes = Buffer.from(`${header}${end}${lines.join(end)}${end}`);
        const { entries } = await readPart(csvFeed(stream(bytes), mapping));
        fc.pre(entries.length > 0);
        const limit = 1 + (place % entries.length);
        const endedGroups = endedGroupsInMemory();
        const { position: from } = await readPart(csvFeed(stream(bytes), mapping), { limit, endedGroups });
        for (let at = 0; at < (from as BytePosition).offset; at++) {
          const other = Buffer.from(bytes);
          other[at]! ^= mask;
          await refusal(csvFeed(chunked(other, [at, place]), mapping), from);
        }
        const rest = await readAll(csvFeed(chunked(bytes, [place]), mapping), { from, endedGroups });
        expect(rest).to.deep.equal(entries.slice(limit));
      }),
      { numRuns: 60 },
    );
  });
});
