import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { csvFeed, endedGroupsInMemory, ndjsonFeed, parseMapping } from '../../src/feed/index.js';
import { chunked, header, invoiceLines, outcome, readAll, readPart, stream } from './reading.js';

const mapping = parseMapping(`${invoiceLines}skip: Quantity = '0'\n`, 'map.yml');

/** A feed with everything that can be between two good rows. */
const feedText = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .tuple(fc.constantFrom('1', '2', '3', ''), fc.constantFrom('A', 'B', ''))
          .map(([invoice, code]) => `${invoice},${code},M1,1/12/2010,1,1`),
      },
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          '',
          '1,A,,1/12/2010,1,1',
          '1,A,M1,1/12/2010,0,1',
          '1,"A\nB",M1,1/12/2010,1,1',
          '1,"A',
          'x',
          '2,B",M1,1/12/2010,1,1',
          '1,é,M1,1/12/2010,1,1',
        ),
      },
    ),
    { maxLength: 25 },
  )
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => `\ufeff${header}${end}${lines.join(end)}`));

describe('reading from a position', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feed-'));
    path = join(folder, 'feed.csv');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives the same entries as a single reading, from any place', async () => {
    await fc.assert(
      fc.asyncProperty(feedText, fc.nat(), async (text, place) => {
        await writeFile(path, text);
        const feed = csvFeed(path, mapping);
        const whole = await readAll(feed);
        fc.pre(whole.length > 0);
        const limit = 1 + (place % whole.length);
        const endedGroups = endedGroupsInMemory();
        const { entries, position } = await readPart(feed, { endedGroups, limit });
        const rest = await readPart(feed, { endedGroups, from: position });
        expect([...entries, ...rest.entries]).to.deep.equal(whole);
        expect(rest.position).to.deep.equal((await readPart(feed)).position);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same entries however the bytes are split', async () => {
    await fc.assert(
      fc.asyncProperty(feedText, fc.array(fc.nat(), { maxLength: 6 }), async (text, cuts) => {
        const bytes = Buffer.from(text);
        const whole = await readAll(csvFeed(stream(bytes), mapping));
        expect(await readAll(csvFeed(chunked(bytes, cuts), mapping))).to.deep.equal(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('continues the count of the group, which is not in the position', async () => {
    const line = '1,A,M1,1/12/2010,1,1\n';
    await writeFile(path, `${header}\n${line.repeat(3000)}`);
    const feed = csvFeed(path, mapping);
    const endedGroups = endedGroupsInMemory();
    const { position } = await readPart(feed, { endedGroups, limit: 2500 });
    expect(JSON.stringify(position).length).to.be.below(300);
    const { entries: rest, position: last } = await readPart(feed, { endedGroups, from: position, limit: 100 });
    expect(rest.map(outcome)).to.deep.equal(Array.from({ length: 100 }, (_, index) => `shop:1:A:${2501 + index}`));
    expect(last.rows).to.equal(2600);
    expect(rest[0]!.line).to.equal(2502);
  });

  it('reads rows that were appended, even to a group that had begun', async () => {
    await writeFile(path, `${header}\n1,A,M1,1/12/2010,1,1`);
    const feed = csvFeed(path, mapping);
    const endedGroups = endedGroupsInMemory();
    const { position: from } = await readPart(feed, { endedGroups });
    expect(await readAll(feed, { endedGroups, from })).to.be.empty;
    await appendFile(path, '\n1,A,M1,1/12/2010,1,1\n2,A,M1,1/12/2010,1,1\n');
    const rest = await readAll(feed, { endedGroups, from });
    expect(rest.map(outcome)).to.deep.equal(['shop:1:A:2', 'shop:2:A:1']);
    expect(rest.map(({ line }) => line)).to.deep.equal([3, 4]);
  });

  it('works in NDJSON too', async () => {
    const rows = ['1', '1', '', '2'].map((Invoice) =>
      JSON.stringify({ Invoice, Code: 'A', Member: 'M1', Date: '1/12/2010', Quantity: 2, Price: 1.5 }),
    );
    await writeFile(path, `\ufeff${rows.join('\n')}\n`);
    const feed = ndjsonFeed(path, mapping);
    const whole = await readAll(feed);
    for (let limit = 1; limit < rows.length; limit++) {
      const endedGroups = endedGroupsInMemory();
      const { entries, position: from } = await readPart(feed, { endedGroups, limit });
      expect([...entries, ...(await readAll(feed, { endedGroups, from }))]).to.deep.equal(whole);
    }
  });
});
