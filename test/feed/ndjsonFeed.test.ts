import { expect } from 'chai';
import { ndjsonFeed, parseMapping } from '../../src/feed/index.js';
import type { FeedEntry } from '../../src/feed/index.js';
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

  it('keeps the digits of a number as they were written', async () => {
    const line = JSON.stringify({ ...sale, Quantity: 1 }).replace('2.55', '90071992547409.935');
    const [entry] = await read([line]);
    expect(entry).to.have.nested.property('transaction.journal.TransactionAmount', '90071992547409.94');
  });

  it('gives expressions the values of JSON, including nested ones', async () => {
    const [entry] = await read(
      [{ ...sale, basket: { lines: [{ p: 1.5 }, { p: 2 }] } }],
      '  Comment: { expression: "$sum(basket.lines.p) > 3" }\n',
    );
    expect(entry).to.have.nested.property('transaction.journal.Comment', true);
  });

  it('rejects lines that are not objects, cells that are not scalars, and absent keys', async () => {
    const entries = await read([sale, '{"Invoice":', { ...sale, Price: [1] }, { ...sale, Member: null }, '{}']);
    expect(entries.map(outcome)).to.deep.equal([
      'shop:I1:A:1',
      'malformed-row',
      'nested-value',
      'uncertain-occurrence',
      'missing-key',
    ]);
    const [first, second] = rejections(entries);
    expect(first!.message).to.match(
      /^- line 2: the line is not JSON \(.+\); correct the line and read the file again\.$/,
    );
    expect(second).to.include({ line: 3, column: 'Price', raw: JSON.stringify({ ...sale, Price: [1] }) });
    expect(second!.message).to.match(/the cell Price is a list, but one value is needed; /);
  });

  describe('reads a column with dots as a path into nested objects', () => {
    const nested = `
source: till
key: { columns: [order.id, line.no], occurrenceWithin: order.id }
member: Member.string
journal:
  ActivityDate: { date: order.at.iso }
  JournalTypeName: { value: Accrual }
  TransactionAmount: { multiply: [line.quantity, line.price.double], decimals: 2 }
  Quantity: { number: line.quantity }
  Comment: order.note.text
`;
    const order = { id: 'K:1', at: { iso: '2026-05-02T10:00:00Z' }, note: { text: 'gift' } };
    const row = { order, Member: { string: 'M1' }, line: { no: 7, quantity: 3, price: { double: 4.5 } } };

    async function one(line: unknown): Promise<FeedEntry> {
      const text = typeof line === 'string' ? line : JSON.stringify(line);
      const [entry] = await readAll(ndjsonFeed(stream(text), parseMapping(nested, 'map.yml')));
      return entry!;
    }

    async function messageOf(line: unknown): Promise<string> {
      const [rejection] = rejections([await one(line)]);
      expect(rejection).to.have.property('reason', 'nested-value');
      return rejection!.message;
    }

    it('in key, member and every kind of field', async () => {
      expect(await one(row)).to.have.deep.property('transaction', {
        key: 'till:K%3A1:7:1',
        member: 'M1',
        journal: {
          ActivityDate: '2026-05-02T10:00:00.000Z',
          JournalTypeName: 'Accrual',
          TransactionAmount: '13.50',
          Quantity: '3',
          Comment: 'gift',
        },
      });
    });

    it('with the digits of a number as they were written', async () => {
      const entry = await one(JSON.stringify(row).replace('"quantity":3', '"quantity":90071992547409931'));
      expect(entry).to.have.nested.property('transaction.journal.Quantity', '90071992547409931');
    });

    it('unless the object has a key of exactly that name', async () => {
      expect(await one({ ...row, 'order.id': 'K2' })).to.have.nested.property('transaction.key', 'till:K2:7:1');
    });

    it('and reads an absent or null object on the path as empty', async () => {
      for (const note of [undefined, null, {}, { text: null }])
        expect(await one({ ...row, order: { ...order, note } })).to.not.have.nested.property(
          'transaction.journal.Comment',
        );
      expect(outcome(await one({ ...row, order: null }))).to.equal('missing-key');
      expect(outcome(await one({ ...row, Member: null }))).to.equal('missing-member');
    });

    it('and never finds properties that an object only inherits', async () => {
      const inherited = nested.replace('order.note.text', 'order.constructor.name');
      const [entry] = await readAll(ndjsonFeed(stream(JSON.stringify(row)), parseMapping(inherited, 'map.yml')));
      expect(entry).to.not.have.nested.property('transaction.journal.Comment');
      const digits = JSON.stringify(row).replace('4.5', '4.50').replace('"no":7', '"no":7.0');
      const intoNumber = nested.replace('line.no', 'line.no.source');
      const [other] = await readAll(ndjsonFeed(stream(digits), parseMapping(intoNumber, 'map.yml')));
      expect(outcome(other!)).to.equal('nested-value');
    });

    it('and suggests how to name a value within an object or a list', async () => {
      const cases: readonly [line: unknown, message: string][] = [
        [
          { ...row, order: { ...order, id: { string: 'K1' } } },
          'the cell order.id is an object with the keys string: name the value inside it, such as order.id.string',
        ],
        [
          { ...row, line: { ...row.line, quantity: { unit: {}, value: 3 } } },
          'the cell line.quantity is an object with the keys unit, value: name the value inside it, such as line.quantity.value',
        ],
        [
          { ...row, Member: { string: {} } },
          'the cell Member.string is an object without keys, but one value is needed',
        ],
        [{ ...row, Member: { string: ['M1'] } }, 'the cell Member.string is a list, but one value is needed'],
        [
          { ...row, Member: 'M1' },
          'the cell Member.string leads nowhere: Member is a string, not an object with the key string',
        ],
        [{ ...row, line: [row.line] }, 'the cell line.no leads nowhere: line is a list, not an object with the key no'],
      ];
      for (const [line, message] of cases)
        expect(await messageOf(line)).to.equal(
          `- line 1: ${message}; correct the mapping, or skip such rows in it, and read the file again.`,
        );
    });

    it('and evaluates skip first, for rows of another shape', async () => {
      const text = `${JSON.stringify({ ...row, kind: 'ping', line: 'up' })}\n${JSON.stringify(row)}\n`;
      const mapping = parseMapping(`${nested}skip: kind = "ping"\n`, 'map.yml');
      const entries = await readAll(ndjsonFeed(stream(text), mapping));
      expect(entries.map(outcome)).to.deep.equal(['skipped', 'till:K%3A1:7:1']);
    });

    it('and names the nested column of a byte that is not UTF-8', async () => {
      const [before, after] = JSON.stringify({ ...row, Member: { string: '~' } })
        .split('~')
        .map((part) => Buffer.from(part));
      const bytes = Buffer.concat([before!, Buffer.from([0xff]), after!, Buffer.from(`\n${JSON.stringify(row)}\n`)]);
      const entries = await readAll(ndjsonFeed(stream(bytes), parseMapping(nested, 'map.yml')));
      expect(entries.map(outcome)).to.deep.equal(['not-utf8', 'till:K%3A1:7:2']);
      expect(rejections(entries)[0]).to.include({ column: 'Member.string' });
    });
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
