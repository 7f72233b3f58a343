import { expect } from 'chai';
import { ndjsonFeed, parseMapping, type FeedEntry } from '../../src/feed/index.js';
import { invoiceLines, outcome, readAll, rejections, stream } from './reading.js';

const sale = { Invoice: 'I1', Code: 'A', Member: 17850, Date: '1/12/2010', Quantity: 6, Price: 2.55 };

function read(lines: readonly (object | string)[], more = ''): Promise<FeedEntry[]> {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return readAll(ndjsonFeed(stream(text), parseMapping(`${invoiceLines}${more}`, 'map.yml')));
}

describe('ndjsonFeed', () => {
  it('makes a transaction of an object', async () => {
    const [entry] = await read([sale]);
    expect(entry).to.deep.include({
      kind: 'transaction',
      transaction: {
        key: 'shop:I1:A:1',
        member: '17850',
        journal: { ActivityDate: '2010-12-01T00:00:00.000Z', JournalTypeName: 'Accrual', TransactionAmount: '15.30' },
      },
    });
  });

  it('takes the digits of a number as they were written', async () => {
    const line = JSON.stringify({ ...sale, Quantity: 1 }).replace('2.55', '90071992547409.935');
    const [entry] = await read([line]);
    expect(entry).to.have.nested.property('transaction.journal.TransactionAmount', '90071992547409.94');
  });

  it('gives expressions the values of JSON, nested ones too', async () => {
    const [entry] = await read(
      [{ ...sale, basket: { lines: [{ p: 1.5 }, { p: 2 }] } }],
      '  Comment: { expression: "$sum(basket.lines.p) > 3" }\n',
    );
    expect(entry).to.have.nested.property('transaction.journal.Comment', true);
  });

  it('rejects lines that are no objects, cells that are no scalars, and absent keys', async () => {
    const entries = await read([sale, '{"Invoice":', { ...sale, Price: [1] }, { ...sale, Member: null }, '{}']);
    expect(entries.map(outcome)).to.deep.equal([
      'shop:I1:A:1',
      'malformed-row',
      'malformed-row',
      'uncertain-occurrence',
      'missing-key',
    ]);
    const [first, second] = rejections(entries);
    expect(first!.message).to.match(
      /^- line 2: the line is not JSON \(.+\); correct the line and read the file again\.$/,
    );
    expect(second).to.include({ line: 3, column: 'Price', raw: JSON.stringify({ ...sale, Price: [1] }) });
    expect(second!.message).to.match(/the cell Price is a list or an object/);
  });

  it('names the column of a byte that is not UTF-8, and counts the row by its key', async () => {
    const [before, after] = JSON.stringify({ ...sale, Member: '~' })
      .split('~')
      .map((part) => Buffer.from(part));
    const bytes = Buffer.concat([before!, Buffer.from([0xff]), after!, Buffer.from(`\n${JSON.stringify(sale)}\n`)]);
    const entries = await readAll(ndjsonFeed(stream(bytes), parseMapping(invoiceLines, 'map.yml')));
    expect(entries.map(outcome)).to.deep.equal(['not-utf8', 'shop:I1:A:2']);
    expect(rejections(entries)[0]).to.include({ line: 1, column: 'Member' });
  });
});
