import { expect } from 'chai';
import fc from 'fast-check';
import { csvFeed, journalTarget, ndjsonFeed, parseMapping } from '../../src/feed/index.js';
import type { FeedEntry, FeedError } from '../../src/feed/index.js';
import { withDecimalPoint } from '../../src/feed/mapping/decimalComma.js';
import { outcome, readAll, rejections, stream, thrown } from './reading.js';

const target = journalTarget({
  name: 'TransactionJournal',
  fields: [
    { name: 'ActivityDate', type: 'datetime' },
    { name: 'InvoiceDate', type: 'date' },
    { name: 'TransactionAmount', type: 'currency' },
    { name: 'Comment', type: 'string', length: 255 },
    { name: 'JournalTypeName', type: 'string', length: 255 },
  ],
});

/** Reads one row of the columns A and B, with one rule in the mapping. */
async function entryOf(field: string, rule: string, cells: string): Promise<FeedEntry> {
  const more = field === 'ActivityDate' ? '' : '  ActivityDate: { value: 2026-01-01T00:00:00Z }\n';
  const type = '  JournalTypeName: { value: Accrual }\n';
  const text = `source: till\ndelimiter: ';'\nkey: Id\nmember: Id\njournal:\n${type}${more}  ${field}: ${rule}\n`;
  const feed = csvFeed(stream(`Id;A;B\n1;${cells}\n`), parseMapping(text, 'map.yml'));
  const [entry] = await readAll(feed, { target });
  return entry!;
}

async function valueOf(field: string, rule: string, cells: string): Promise<unknown> {
  const entry = await entryOf(field, rule, cells);
  return entry.kind === 'transaction' ? entry.transaction.journal[field] : rejections([entry])[0]?.message;
}

async function issueOf(field: string, rule: string): Promise<string> {
  return ((await thrown(() => entryOf(field, rule, '1;1'))) as FeedError).message;
}

describe('a number with a decimal comma', () => {
  for (const [text, number] of [
    ['1234,56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['-1 234 567,5', '-1234567.5'],
    ['1\u202f234,50', '1234.5'],
    ["12'345", '12345'],
    ['7', '7'],
    ['-0,10', '-0.1'],
  ] as const)
    it(`is read: ${text}`, async () => {
      const rule = "{ number: A, decimalSeparator: ',' }";
      expect(await valueOf('TransactionAmount', rule, `${text};`)).to.equal(number);
    });

  for (const text of ['1.5', '1,234.56', '1.23,4', '12.34.567', '1,2,3', '€ 5,00'])
    it(`is never guessed: ${text}`, async () => {
      const message = await valueOf('TransactionAmount', "{ number: A, decimalSeparator: ',' }", `${text};`);
      expect(message).to.include(`A "${text}" is not a number such as -15,30; correct the line`);
    });

  it('may be a factor', async () => {
    const rule = "{ multiply: [A, B], decimals: 2, decimalSeparator: ',' }";
    expect(await valueOf('TransactionAmount', rule, '1.000,5;0,1')).to.equal('100.05');
  });

  for (const rule of ['A', '{ number: A }', '{ multiply: [A, B] }'])
    it(`is rejected without that word, and the message says the word: ${rule}`, async () => {
      expect(await valueOf('TransactionAmount', rule, '15,30;1')).to.include(
        "say it in the mapping, as in { number: A, decimalSeparator: ',' }",
      );
    });

  it('is the number that a locale wrote', () => {
    const numbers = fc.integer({ min: -99_999_999, max: 99_999_999 }).map((cents) => cents / 100);
    const locales = fc.constantFrom('de-DE', 'fr-FR', 'pl-PL', 'da-DK', 'pt-BR', 'de-AT', 'cs-CZ');
    fc.assert(
      fc.property(numbers, locales, (number, locale) => {
        const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(number);
        expect(Number(withDecimalPoint(text.replace('\u2212', '-')))).to.equal(number);
      }),
    );
  });
});

describe('a date that is a number', () => {
  for (const [field, rule, cell, date] of [
    ['InvoiceDate', '{ date: A, format: excel }', '46113', '2026-04-01'],
    ['ActivityDate', '{ date: A, format: excel, zone: Europe/Berlin }', '46113.75', '2026-04-01T16:00:00.000Z'],
    ['ActivityDate', '{ date: A, format: excel, zone: UTC }', '46113', '2026-04-01T00:00:00.000Z'],
    ['InvoiceDate', '{ date: A, format: excel }', '61', '1900-03-01'],
    ['ActivityDate', '{ date: A, since: 2026-01-01T00:00Z, unit: hours }', '25.5', '2026-01-02T01:30:00.000Z'],
    ['ActivityDate', '{ date: A, since: 1970-01-01T00:00Z, unit: seconds }', '1775044800', '2026-04-01T12:00:00.000Z'],
    ['ActivityDate', '{ date: A, since: 2026-03-29T00:00+01:00, unit: hours }', '3', '2026-03-29T02:00:00.000Z'],
    ['InvoiceDate', '{ date: A, since: 2026-01-01, unit: days }', '90', '2026-04-01'],
    [
      'ActivityDate',
      '{ date: A, since: 2026-01-01, unit: days, zone: Europe/Berlin }',
      '90',
      '2026-03-31T22:00:00.000Z',
    ],
  ] as const)
    it(`${cell} of ${rule} is ${date}`, async () => expect(await valueOf(field, rule, `${cell};`)).to.equal(date));

  it('is read as Excel writes it, second by second', async () => {
    const seconds = fc.integer({ min: 0, max: 86_399 });
    await fc.assert(
      fc.asyncProperty(seconds, async (second) => {
        const serial = String(46_113 + second / 86_400);
        const expected = new Date(Date.UTC(2026, 3, 1) + second * 1000).toISOString();
        expect(await valueOf('ActivityDate', '{ date: A, format: excel, zone: UTC }', `${serial};`)).to.equal(expected);
      }),
      { numRuns: 30 },
    );
  });

  for (const [cell, found] of [
    ['59', 'is not a serial number of Excel after February 1900'],
    ['1 April', 'is not a number that stands for a date'],
    ['1e20', 'is not a number that stands for a date'],
  ] as const)
    it(`is rejected: ${cell}`, async () => {
      expect(await valueOf('InvoiceDate', '{ date: A, format: excel }', `${cell};`)).to.include(`A "${cell}" ${found}`);
    });

  for (const [rule, found] of [
    ['{ date: A, since: 2026-01-01T00:00Z }', '`since` and `unit` need each other'],
    ['{ date: A, since: 2026-01-01T00:00Z, unit: hours, format: yyyy Z }', 'has no `format`'],
    ['{ date: A, since: 2026-01-01, unit: hours }', '`since` needs an offset'],
    ['{ date: A, since: yesterday, unit: days }', '`since` is not an ISO 8601 date'],
    ['{ date: A, format: excel }', 'so they need a `zone`'],
  ] as const)
    it(`needs a rule that says what it counts: ${rule}`, async () => {
      expect(await issueOf('ActivityDate', rule)).to.include(found);
    });
});

describe('a constant date-time', () => {
  it('is local time in its zone', async () => {
    const rule = '{ value: 2026-04-02T09:15, zone: Europe/Berlin }';
    expect(await valueOf('ActivityDate', rule, ';')).to.equal('2026-04-02T07:15:00.000Z');
  });

  it('alone has a zone', async () => {
    expect(await issueOf('Comment', '{ value: x, zone: Europe/Berlin }')).to.include('only a date-time has a `zone`');
  });
});

describe('a table of values', () => {
  const rule = '{ translate: A, to: { S: Sale, R: Return } }';

  it('says what each text becomes', async () => {
    expect(await valueOf('Comment', rule, 'R;')).to.equal('Return');
    expect(await valueOf('Comment', "{ translate: A, to: { '': none } }", ';')).to.equal('none');
  });

  it('leaves the field out for an empty cell', async () => {
    expect(await valueOf('Comment', '{ translate: A, to: {}, otherwise: x }', ';')).to.equal(undefined);
  });

  it('rejects any other text by name, unless it says what that becomes', async () => {
    const [rejection] = rejections([await entryOf('Comment', rule, 'X;')]);
    expect(rejection).to.include({ reason: 'not-in-table', column: 'A', value: 'X' });
    expect(rejection?.message).to.match(/A "X" is not in the table of Comment; add the value to the table/);
    expect(await valueOf('Comment', '{ translate: A, to: {}, otherwise: other }', 'X;')).to.equal('other');
  });

  it('whose values the field cannot hold is an error before anything is read', async () => {
    expect(await issueOf('TransactionAmount', '{ translate: A, to: { S: ten } }')).to.include('"ten" is not a decimal');
  });
});

describe('a key or a member by an expression', () => {
  const journal = 'journal: { ActivityDate: { value: 2026-01-01T00:00:00Z }, JournalTypeName: { value: Accrual } }';
  const read = (head: string, text: string): Promise<FeedEntry[]> =>
    readAll(csvFeed(stream(text), parseMapping(`source: till\n${head}\n${journal}\n`, 'map.yml')));
  const member = 'member: { expression: "$lowercase(Card)" }';

  it('takes the place of a column', async () => {
    const entries = await read(`key: { expression: "Shop & '-' & Id" }\n${member}`, 'Shop,Id,Card\nA,1,X9\n');
    expect(entries[0]).to.deep.include({ kind: 'transaction', line: 2 });
    expect(entries[0]).to.have.nested.property('transaction.key', 'till:A-1');
    expect(entries[0]).to.have.nested.property('transaction.member', 'x9');
  });

  it('may be one part of a key whose other part numbers the lines of an invoice', async () => {
    const key = 'key: { columns: [Invoice, { expression: "$substring(Code, 0, 1)" }], occurrenceWithin: Invoice }';
    const entries = await read(`${key}\n${member}`, 'Invoice,Code,Card\n1,AB,X\n1,AC,X\n1,B,X\n2,A,X\n');
    expect(entries.map(outcome)).to.deep.equal(['till:1:A:1', 'till:1:A:2', 'till:1:B:1', 'till:2:A:1']);
  });

  it('finds values in objects and lists', async () => {
    const mapping = parseMapping(
      `source: shop\nkey: { expression: "items[0].sku & '-' & order.id" }\nmember: { expression: "tags[name='card'].value" }\n${journal}`,
      'map.yml',
    );
    const row = { order: { id: 7 }, items: [{ sku: 'T1' }], tags: [{ name: 'card', value: 'HR-1' }] };
    const [entry] = await readAll(ndjsonFeed(stream(`${JSON.stringify(row)}\n`), mapping));
    expect(entry).to.have.nested.property('transaction.key', 'shop:T1-7');
    expect(entry).to.have.nested.property('transaction.member', 'HR-1');
  });

  for (const [what, head, reason, message] of [
    ['no key', `key: { expression: "Nothing" }\n${member}`, 'missing-key', 'the expression of key is empty'],
    ['no member', 'key: Id\nmember: { expression: "Nothing" }', 'missing-member', 'the expression of member is empty'],
    ['an object', `key: { expression: "{}" }\n${member}`, 'expression-failed', 'the expression of key gives'],
    [
      'an error',
      'key: Id\nmember: { expression: "$number(Card)" }',
      'expression-failed',
      'the expression of member fails',
    ],
  ] as const)
    it(`rejects a row for which it gives ${what}`, async () => {
      const given = head.replaceAll('"Nothing"', '"Empty != \'\' ? Empty"');
      const [rejection] = rejections(await read(given, 'Id,Card,Empty\n1,X,\n'));
      expect(rejection?.reason).to.equal(reason);
      expect(rejection?.message).to.include(message);
    });

  it('that cannot be used is an error of the mapping', async () => {
    const error = (await thrown(() => read('key: { expression: "$now()" }\nmember: Card', 'Id,Card\n'))) as FeedError;
    expect(error.message).to.match(/^map\.yml line 2: `key` cannot be used: /);
    const absent = (await thrown(() =>
      read('key: { expression: "Idd" }\nmember: Card', 'Id,Card\n1,X\n'),
    )) as FeedError;
    expect(absent.message).to.match(/the expression of key names the column Idd .*did you mean Id\?/);
  });
});
