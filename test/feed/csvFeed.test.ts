import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { csvFeed, endedGroupsInMemory, parseMapping } from '../../src/feed/index.js';
import type { Rejection, FeedError } from '../../src/feed/index.js';
import { header, invoiceLines, outcome, readAll, readPart, rejections, stream, thrown } from './reading.js';

const mapping = parseMapping(invoiceLines, 'map.yml');
const good = 'I1,A,M1,1/12/2010,2,1.50';

async function rejectionOf(text: string | Uint8Array, map = mapping): Promise<Rejection> {
  const found = rejections(await readAll(csvFeed(stream(text), map)));
  expect(found).to.have.lengthOf(1);
  return found[0]!;
}

function feedError(text: string | Uint8Array, map = mapping): Promise<FeedError> {
  return thrown(() => readAll(csvFeed(stream(text), map))) as Promise<FeedError>;
}

describe('csvFeed', () => {
  it('makes a transaction of a row', async () => {
    const [entry] = await readAll(csvFeed(stream(`\ufeff${header}\r\n I1 ,A,M1,1/7/2011,-3,5.10\r\n`), mapping));
    expect(entry).to.deep.include({
      kind: 'transaction',
      line: 2,
      transaction: {
        key: 'shop:I1:A:1',
        member: 'M1',
        journal: { ActivityDate: '2011-06-30T23:00:00.000Z', JournalTypeName: 'Accrual', TransactionAmount: '-15.30' },
      },
    });
  });

  it('counts rows, not lines: neither the header nor blank lines', async () => {
    const { entries, position } = await readPart(csvFeed(stream(`\n${header}\n\n${good}\n\n${good}\n\n`), mapping));
    expect(entries.map(({ line }) => line)).to.deep.equal([4, 6]);
    expect(position).to.include({ rows: 2, line: 7 });
  });

  it('delivers up to 1,000 entries together', async () => {
    const text = `${header}\n${`${good}\n`.repeat(2500)}`;
    const sizes: number[] = [];
    for await (const { entries } of csvFeed(stream(text), mapping).read({
      endedGroups: endedGroupsInMemory(),
      limit: 2200,
    }))
      sizes.push(entries.length);
    expect(Math.max(...sizes)).to.equal(1000);
    expect(sizes.reduce((sum, size) => sum + size)).to.equal(2200);
  });

  describe('rejects by name', () => {
    const cases: readonly [name: string, row: string, expected: Partial<Rejection>, message: RegExp][] = [
      [
        'a row without a member',
        'I1,A, ,1/12/2010,2,1.50',
        { reason: 'missing-member', column: 'Member', value: '' },
        /Member is empty, .*; fill it in, or skip/,
      ],
      [
        'a row without a key',
        'I1,,M1,1/12/2010,2,1.50',
        { reason: 'missing-key', column: 'Code', value: '' },
        /Code is empty/,
      ],
      [
        'an unreadable date',
        'I1,A,M1,31/2/2010,2,1.50',
        { reason: 'unreadable-date', column: 'Date', value: '31/2/2010' },
        /Date "31\/2\/2010" does not fit the format d\/M\/yyyy/,
      ],
      [
        'no date',
        'I1,A,M1,,2,1.50',
        { reason: 'missing-value', column: 'Date', value: '' },
        /Date is empty where a date is needed/,
      ],
      [
        'an unreadable amount',
        'I1,A,M1,1/12/2010,2,"1,50"',
        { reason: 'unreadable-number', column: 'Price', value: '1,50' },
        /Price "1,50" is not a decimal number/,
      ],
      [
        'no amount',
        'I1,A,M1,1/12/2010,,1.50',
        { reason: 'missing-value', column: 'Quantity', value: '' },
        /Quantity is empty where a number/,
      ],
      [
        'a row with a cell too few',
        'I1,A,M1,1/12/2010,2',
        { reason: 'malformed-row' },
        /the line has 5 cells, but 6 are expected/,
      ],
      [
        'a row with a cell too many',
        'I1,A,M1,1/12/2010,2,1,50',
        { reason: 'malformed-row' },
        /the line has 7 cells, but 6 are expected/,
      ],
      [
        'a quote that is not closed',
        'I1,A,"M1,1/12/2010,2,1.50',
        { reason: 'malformed-row' },
        /opens a quote that is not closed/,
      ],
      [
        'text after a closing quote',
        'I1,"A"B,M1,1/12/2010,2,1.50',
        { reason: 'malformed-row' },
        /text between a closing quote/,
      ],
      ['a quote inside a cell', 'I1,5",M1,1/12/2010,2,1.50', { reason: 'malformed-row' }, /a quote in a cell/],
    ];
    for (const [name, row, expected, message] of cases)
      it(name, async () => {
        const found = await rejectionOf(`${header}\nI0,X,M1,1/12/2010,1,1\n${row}\nI2,B,M1,1/12/2010,1,1\n`);
        expect(found).to.deep.include({ file: '-', line: 3, offset: header.length + 23, raw: row, ...expected });
        expect(found.message)
          .to.match(/^- line 3: /)
          .and.match(message)
          .and.match(/read the file again\.$/);
      });

    it('a row that is not UTF-8, with the column of the bad byte', async () => {
      const text = Buffer.concat([
        Buffer.from(`${header}\nI1,A,M`),
        Buffer.from([0xfc]),
        Buffer.from(',1/12/2010,2,1\n'),
      ]);
      const found = await rejectionOf(text);
      expect(found).to.include({ reason: 'not-utf8', line: 2, column: 'Member', raw: 'I1,A,M\ufffd,1/12/2010,2,1' });
      expect(found.message).to.match(/the cell Member has a byte that is not UTF-8/);
    });

    it('a row that is too long', async () => {
      const found = await rejectionOf(`${header}\nI1,A,${'x'.repeat(1024 * 1024)},1/12/2010,2,1\n`);
      expect(found).to.include({ reason: 'row-too-long', line: 2 });
      expect(found.raw.length).to.be.below(2000);
    });

    it('a long value, of which it shows the beginning', async () => {
      const found = await rejectionOf(`${header}\nI1,A,M1,${'x'.repeat(500)},2,1.50\n`);
      expect(found.message).to.include(`Date "${'x'.repeat(60)}…"`);
      expect(found.value).to.have.lengthOf(500);
    });
  });

  it('loses nothing after an unclosed quote', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `J${index},A,M1,1/12/2010,1,1`);
    const entries = await readAll(csvFeed(stream(`${header}\nI1,"A,M1,1/12/2010,1,1\n${rows.join('\n')}\n`), mapping));
    expect(entries.map(outcome)).to.deep.equal(['malformed-row', ...rows.map((_, index) => `shop:J${index}:A:1`)]);
  });

  it('keeps the parts of a key apart, whatever they contain', async () => {
    const text = `${header}\nI:1,A%3A,M1,1/12/2010,1,1\nI,1:A%3A,M1,1/12/2010,1,1\n`;
    expect((await readAll(csvFeed(stream(text), mapping))).map(outcome)).to.deep.equal([
      'shop:I%3A1:A%253A:1',
      'shop:I:1%3AA%253A:1',
    ]);
  });

  it('distinguishes keys that differ only in case', async () => {
    const text = `${header}\nI1,85123A,M1,1/12/2010,1,1\nI1,85123a,M1,1/12/2010,1,1\n`;
    expect((await readAll(csvFeed(stream(text), mapping))).map(outcome)).to.deep.equal([
      'shop:I1:85123A:1',
      'shop:I1:85123a:1',
    ]);
  });

  describe('refuses a feed as a whole', () => {
    it('without a column of the mapping, and names the intended one', async () => {
      const error = await feedError(
        `${header.replace('Member', 'CustomerID')}\n`,
        parseMapping(invoiceLines.replace('member: Member', 'member: CustomerId'), 'map.yml'),
      );
      expect(error).to.include({ name: 'FeedError', code: 'missing-column' });
      expect(error.message).to.equal(
        'map.yml line 4 names the column CustomerId, but the columns of - are Invoice, Code, CustomerID, Date, Quantity, Price.',
      );
      expect(error.actions).to.deep.equal([
        'Write CustomerID instead of CustomerId in map.yml line 4, or correct the feed.',
      ]);
    });

    it('with another delimiter, and names it', async () => {
      const error = await feedError(`${header.replaceAll(',', ';')}\n`);
      expect(error.actions).to.deep.equal(['Add `delimiter: ";"` to the mapping.']);
    });

    it('with a column of the mapping twice', async () => {
      expect((await feedError(`${header},Member\n`)).message).to.match(
        /the column Member, but - has it twice, at 3 and 7/,
      );
    });

    it('with an unmapped column twice only if an expression might read it', async () => {
      const text = `${header},Note,Note\n`;
      expect(await readAll(csvFeed(stream(text), mapping))).to.be.empty;
      const withExpression = parseMapping(`${invoiceLines}skip: Invoice = 'x'\n`, 'map.yml');
      expect((await feedError(text, withExpression)).message).to.match(/the column Note, but - has it twice/);
    });

    for (const [name, bytes, expected] of [
      ['that is empty', Buffer.alloc(0), /is empty: it needs a header line/],
      [
        'whose header is broken',
        Buffer.from(`${header.replace('Code', '"Code')}\n`),
        /The header in line 1 of - opens a quote/,
      ],
      ['in UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x49, 0, 0, 0]), /is not UTF-8 text: it is UTF-32\.$/],
      ['in UTF-32, big-endian', Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x49]), /is not UTF-8 text: it is UTF-32\.$/],
      [
        'in UTF-16 without a byte-order mark',
        Buffer.from(`${header}\n${good}\n`, 'utf16le'),
        /it is binary, or UTF-16 without/,
      ],
      ['that is damaged gzip', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), /cannot be decompressed to its end/],
      ['that is a spreadsheet', Buffer.from('PK\u0003\u0004more'), /it is a ZIP archive or a spreadsheet/],
      ['with line ends of the classic Mac OS', Buffer.from(`${header}\r${good}\r`), /lines of - end with CR alone/],
    ] as const)
      it(name, async () => expect((await feedError(bytes)).message).to.match(expected));

    it('with a group that is not an invoice', async () => {
      const map = parseMapping(invoiceLines, 'map.yml');
      const rows = Array.from({ length: 100_001 }, (_, index) => `I1,A${index},M1,1/12/2010,1,1\n`);
      expect((await feedError(`${header}\n${rows.join('')}`, map)).code).to.equal('group-too-large');
    });

    it('when its stream fails', async () => {
      async function* failing(): AsyncIterable<string> {
        yield header;
        throw new Error('the pipe broke');
      }
      const error = (await thrown(() => readAll(csvFeed(failing(), mapping)))) as FeedError;
      expect(error.message).to.equal('The feed - cannot be read: the pipe broke.');
    });
  });

  it('ends early and without an error when it is aborted, even if its stream sends nothing', async () => {
    const endless = new PassThrough();
    endless.write(`${header}\n${good}\nI1,B,M1,1/1`);
    const abort = new AbortController();
    const entries = [];
    for await (const { entries: some } of csvFeed(endless, mapping).read({
      endedGroups: endedGroupsInMemory(),
      signal: abort.signal,
    })) {
      entries.push(...some);
      abort.abort();
    }
    expect(entries.map(outcome)).to.deep.equal(['shop:I1:A:1']);
    expect(endless.destroyed).to.equal(true);
  });

  it('delivers nothing when it is aborted before it begins', async () => {
    const signal = AbortSignal.abort();
    expect(await readAll(csvFeed(stream(`${header}\n${good}\n`), mapping), { signal })).to.be.empty;
  });
});
