import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { openFeed, parseMapping } from '../../src/feed/index.js';
import type { Feed, FeedError } from '../../src/feed/index.js';
import { JsonListLines } from '../../src/feed/bytes/jsonListLines.js';
import { chunked, outcome, readAll, readPart, rejections, thrown } from './reading.js';

const mapping = parseMapping(
  'source: shop\nkey: id\nmember: buyer.card\njournal: { ActivityDate: at, JournalTypeName: { value: Accrual }, TransactionAmount: { number: total } }',
  'map.yml',
);

const order = (id: number, more: object = {}): object => ({
  ...{ id, buyer: { card: 'M1' }, at: '2026-01-01T10:00:00Z', total: 1.5, lines: [{ note: 'a],}"[{\\' }, []] },
  ...more,
});

describe('a list of JSON objects', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feed-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function listFeed(text: string): Promise<Feed> {
    const path = join(folder, 'orders.json');
    await writeFile(path, text);
    return openFeed(path, mapping);
  }

  for (const [how, write] of [
    ['in one line', (value: unknown) => JSON.stringify(value)],
    ['over many lines', (value: unknown) => JSON.stringify(value, null, 2)],
    [
      'with a byte-order mark and Windows line ends',
      (value: unknown) => `\ufeff${JSON.stringify(value, null, 2).replaceAll('\n', '\r\n')}\r\n`,
    ],
  ] as const)
    it(`is read ${how}, object by object`, async () => {
      const entries = await readAll(await listFeed(write([order(1), order(2), order(3)])));
      expect(entries.map(outcome)).to.deep.equal(['shop:1', 'shop:2', 'shop:3']);
    });

  it('keeps numbers as they are written', async () => {
    const [entry] = await readAll(await listFeed(JSON.stringify([order(1)]).replace('1.5', '12345678901234567.1')));
    expect(entry).to.have.nested.property('transaction.journal.TransactionAmount', '12345678901234567.1');
  });

  it('names a bad object by its number, and takes the others', async () => {
    const entries = await readAll(
      await listFeed(JSON.stringify([order(1), 5, order(3, { id: null }), order(4)], null, 1)),
    );
    expect(entries.map(outcome)).to.deep.equal(['shop:1', 'malformed-row', 'missing-key', 'shop:4']);
    expect(rejections(entries).map(({ line }) => line)).to.deep.equal([2, 3]);
    expect(rejections(entries)[0]?.message).to.match(/row 2/);
  });

  it('may be empty', async () => {
    expect(await readAll(await listFeed('[ ]\n'))).to.be.empty;
  });

  it('that is cut off is an error, after what was complete', async () => {
    const feed = await listFeed(JSON.stringify([order(1), order(2)]).slice(0, -20));
    const error = (await thrown(() => readAll(feed))) as FeedError;
    expect(error).to.include({ code: 'malformed-feed' });
    expect(error.message).to.match(/has no end: the file is cut off/);
  });

  for (const more of ['{}', ' [1]', 'x', ']'])
    it(`that is followed by something is an error: ${more}`, async () => {
      const error = (await thrown(async () =>
        readAll(await listFeed(`[${JSON.stringify(order(1))}]${more}`)),
      )) as FeedError;
      expect(error.message).to.match(/something follows the end of the list/);
    });

  it('with a line break within a text rejects that object only', async () => {
    const text = JSON.stringify([order(1), order(2, { note: 'X' }), order(3)]).replace('"X"', '"a\nb"');
    expect((await readAll(await listFeed(text))).map(outcome)).to.deep.equal(['shop:1', 'malformed-row', 'shop:3']);
  });

  it('is read on from any object, and knows that nothing follows', async () => {
    const text = JSON.stringify(
      [1, 2, 3, 4].map((id) => order(id)),
      null,
      1,
    );
    const feed = await listFeed(`${text}\n`);
    for (const limit of [1, 2, 3, 4]) {
      const { entries, position } = await readPart(feed, { limit });
      const rest = await readAll(feed, { from: position });
      expect([...entries, ...rest].map(outcome)).to.deep.equal(['shop:1', 'shop:2', 'shop:3', 'shop:4']);
      expect((await feed.growth?.(position)) === undefined).to.equal(limit === 4);
    }
  });

  it('becomes the same lines however its bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.object(), { maxLength: 5 }),
        fc.array(fc.nat()),
        fc.nat(2),
        async (objects, cuts, indent) => {
          const lines = new JsonListLines('orders.json');
          const parts: Uint8Array[] = [];
          for await (const chunk of chunked(Buffer.from(JSON.stringify(objects, null, indent)), cuts))
            parts.push(lines.push(chunk));
          const text = Buffer.concat([...parts, lines.end()]).toString();
          const read = text
            .split('\n')
            .filter((line) => line.trim() !== '')
            .map((line) => JSON.parse(line) as unknown);
          expect(JSON.stringify(read)).to.equal(JSON.stringify(objects));
        },
      ),
    );
  });

  it('may be lines of objects in a file of that ending', async () => {
    const lines = [order(1), order(2)].map((each) => JSON.stringify(each)).join('\n');
    expect((await readAll(await listFeed(lines))).map(outcome)).to.deep.equal(['shop:1', 'shop:2']);
  });
});
