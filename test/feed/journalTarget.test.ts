import { expect } from 'chai';
import { csvFeed, journalTarget, parseMapping } from '../../src/feed/index.js';
import type { FeedError, JournalTarget, Rejection } from '../../src/feed/index.js';
import { readAll, rejections, stream, thrown } from './reading.js';

/** An org's description of TransactionJournal, as far as it matters here. */
const target = journalTarget({
  name: 'TransactionJournal',
  fields: [
    { name: 'ActivityDate', type: 'datetime', createable: true },
    { name: 'JournalTypeId', type: 'reference', createable: true },
    { name: 'ProductId', type: 'reference', createable: true },
    { name: 'PartnerId', type: 'reference', createable: false },
    { name: 'MemberId', type: 'reference', createable: true },
    { name: 'Name', type: 'string', length: 30, createable: false },
    { name: 'InvoiceDate', type: 'date', createable: true },
    { name: 'StartDate', type: 'datetime', createable: true },
    { name: 'TransactionAmount', type: 'currency', createable: true, precision: 18, scale: 2 },
    { name: 'Quantity', type: 'double', createable: true },
    { name: 'IsParentTransaction', type: 'boolean', createable: true },
    { name: 'Comment', type: 'string', length: 10, createable: true },
    { name: 'Loyalty_Cards__c', type: 'string', length: 80, createable: true },
    {
      name: 'Status',
      type: 'picklist',
      createable: true,
      restrictedPicklist: true,
      picklistValues: [
        { value: 'Pending', label: 'Ausstehend', active: true },
        { value: 'Processed', label: null, active: true },
        { value: 'Retired', label: 'Retired', active: false },
      ],
    },
    {
      name: 'Channels__c',
      type: 'multipicklist',
      createable: true,
      restrictedPicklist: true,
      picklistValues: [{ value: 'Web' }, { value: 'Store' }],
    },
    {
      name: 'Channel',
      type: 'picklist',
      createable: true,
      restrictedPicklist: false,
      picklistValues: [{ value: 'Web' }],
    },
    { name: 'Opening__c', type: 'time', createable: true },
    { name: 'IsSystem', type: 'boolean', createable: false },
    { name: 'Bare', type: 'string' },
  ],
});

function mappingOf(field: string, more = ''): string {
  return `source: till
key: Receipt
member: Member
journal:
  ActivityDate: { value: 2026-04-02T09:15:00Z }
  JournalTypeName: { value: Accrual }
  ${field}
${more}`;
}

/** Returns the value of a field, or the rejection, for a row whose column X has `cell`. */
async function made(field: string, cell: string, to: JournalTarget | undefined = target): Promise<unknown> {
  const text = `Receipt,Member,X\nR1,M1,"${cell}"\n`;
  const feed = csvFeed(stream(text), parseMapping(mappingOf(field), 'map.yml'));
  const [entry] = await readAll(feed, { target: to });
  if (entry?.kind === 'transaction') return entry.transaction.journal[field.split(':')[0]!];
  return rejections([entry!])[0];
}

async function rejected(field: string, cell: string): Promise<Rejection> {
  const found = await made(field, cell);
  expect(found).to.have.property('reason');
  return found as Rejection;
}

async function refusal(field: string, to: JournalTarget = target): Promise<FeedError> {
  const error = (await thrown(() =>
    csvFeed(stream(''), parseMapping(mappingOf(field), 'map.yml')).check?.(to),
  )) as FeedError;
  expect(error).to.include({ name: 'FeedError', code: 'mapping-invalid' });
  return error;
}

function accepts(field: string): void {
  csvFeed(stream(''), parseMapping(mappingOf(field), 'map.yml')).check?.(target);
}

describe('the described type of a field', () => {
  describe('decides what is sent', () => {
    const cases: readonly [field: string, cell: string, expected: unknown][] = [
      // A day stays the day that the feed names, however far from Greenwich.
      ['InvoiceDate: { date: X, format: dd.MM.yyyy, zone: Europe/Berlin }', '02.04.2026', '2026-04-02'],
      ['InvoiceDate: { date: X, format: dd.MM.yyyy, zone: Asia/Kolkata }', '02.04.2026', '2026-04-02'],
      ['InvoiceDate: { date: X, format: dd.MM.yyyy, zone: America/Los_Angeles }', '02.04.2026', '2026-04-02'],
      ['InvoiceDate: { date: X, format: dd.MM.yyyy }', '02.04.2026', '2026-04-02'],
      ['InvoiceDate: { date: X, format: yyyy-MM-dd HH:mm ZZ }', '2026-04-02 00:30 +02:00', '2026-04-02'],
      ['InvoiceDate: { date: X }', '2026-04-02T23:30:00-08:00', '2026-04-02'],
      ['InvoiceDate: X', '2026-04-02', '2026-04-02'],
      ['InvoiceDate: X', '2026-04-02T00:30:00+02:00', '2026-04-02'],
      ['InvoiceDate: X', '', undefined],
      ['InvoiceDate: { value: 2026-04-02 }', '', '2026-04-02'],
      ['InvoiceDate: { value: "2026-04-02T00:30:00+02:00" }', '', '2026-04-02'],
      ['InvoiceDate: { expression: X }', '2026-04-02T00:30:00+02:00', '2026-04-02'],
      ['InvoiceDate: { expression: X }', '', undefined],
      ['StartDate: { date: X, format: dd.MM.yyyy, zone: Europe/Berlin }', '02.04.2026', '2026-04-01T22:00:00.000Z'],
      ['StartDate: X', '2026-04-02T00:30:00+02:00', '2026-04-01T22:30:00.000Z'],
      ['StartDate: { value: "2026-04-02T00:30:00+02:00" }', '', '2026-04-01T22:30:00.000Z'],
      [
        'StartDate: { expression: "$fromMillis(1767225600000 + $number(X) * 3600000)" }',
        '25',
        '2026-01-02T01:00:00.000Z',
      ],
      ['StartDate: { expression: X }', '2026-04-02T00:30:00+02:00', '2026-04-01T22:30:00.000Z'],
      ['TransactionAmount: X', '-15.30', '-15.30'],
      ['TransactionAmount: { expression: "$number(X) * 2" }', '1.5', 3],
      ['TransactionAmount: { value: 5 }', '', 5],
      ['TransactionAmount: { number: X, decimals: 2 }', '1.005', '1.01'],
      ['transactionamount: X', '5.00', '5.00'],
      ['Quantity: X', '1e3', '1e3'],
      ['IsParentTransaction: X', 'TRUE', true],
      ['IsParentTransaction: X', '0', false],
      ['IsParentTransaction: X', '', undefined],
      ['IsParentTransaction: { expression: "X = \'\'" }', '', true],
      ['Comment: X', '0123456789', '0123456789'],
      ['Comment: X', '🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊', '🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊'],
      ['Comment: X', '12345\r\n789', '12345\r\n789'],
      ['Comment: X', '12345\r\n7890', '12345\r\n7890'],
      ['Comment: { number: X }', '12', '12'],
      ['Comment: { expression: "1 + 1" }', '', '2'],
      ['Status: X', 'pending', 'pending'],
      ['Status: X', 'Ausstehend', 'Ausstehend'],
      ['Status: X', 'Retired', 'Retired'],
      ['Status: X', '', undefined],
      ['Channel: X', 'Kiosk', 'Kiosk'],
      ['Channels__c: X', 'Web;store', 'Web;store'],
      ['Opening__c: X', 'noon', 'noon'],
      ['ProductCode: X', 'any code, however long', 'any code, however long'],
      ['ProductId: X', 'whatever', 'whatever'],
    ];
    for (const [field, cell, expected] of cases)
      it(`${field} of ${JSON.stringify(cell)}`, async () => expect(await made(field, cell)).to.equal(expected));
  });

  describe('rejects a row that the org would refuse', () => {
    const cases: readonly [field: string, cell: string, expected: Partial<Rejection>, message: RegExp][] = [
      ['InvoiceDate: X', '02.04.2026', { reason: 'unreadable-date' }, /X "02\.04\.2026" is not an ISO 8601 date/],
      [
        'InvoiceDate: { date: X, format: d.M.yyyy }',
        '31.2.2026',
        { reason: 'unreadable-date' },
        /the day does not exist/,
      ],
      ['StartDate: X', '2026-04-02', { reason: 'unreadable-date' }, /has no offset, and no time zone is given/],
      ['TransactionAmount: X', '5,00', { reason: 'unreadable-number' }, /X "5,00" is not a decimal number/],
      [
        'IsParentTransaction: X',
        'ja',
        { reason: 'unreadable-boolean' },
        /X "ja" is neither true nor false; write true or/,
      ],
      [
        'Comment: X',
        'eleven long',
        { reason: 'too-long' },
        /X "eleven long" has 11 characters, but Comment takes 10; sho/,
      ],
      [
        'Status: X',
        'Pendng',
        { reason: 'not-in-picklist' },
        /restricted picklist Status \(did you mean Pending\?\); corr/,
      ],
      ['Status: X', 'Somewhere', { reason: 'not-in-picklist' }, /\(it has Pending, Processed\)/],
      ['Channels__c: X', 'Web;Fax', { reason: 'not-in-picklist' }, /restricted picklist Channels__c/],
    ];
    for (const [field, cell, expected, message] of cases)
      it(`${field} of ${JSON.stringify(cell)}`, async () => {
        const found = await rejected(field, cell);
        expect(found).to.include({ column: 'X', value: cell, line: 2, ...expected });
        expect(found.message).to.match(message);
      });

    it('even if the value is computed', async () => {
      const found = await rejected('Comment: { expression: "X & X" }', 'abcdef');
      expect(found).to.include({ reason: 'too-long', value: 'abcdefabcdef' });
      expect(found.message).to.match(/the expression of Comment gives "abcdefabcdef", which has 12 characters/);
      // The org cuts off white space at the ends: a text that is filled up with it is as long as a cell would be.
      expect(await made('Comment: { expression: "$pad(X, 300000)" }', 'abc')).to.equal('abc');
      expect((await rejected('Comment: { expression: "$pad(X, 2000000)" }', 'abc')).message).to.include(
        'the expression of Comment fails: its text has 2,000,000 characters, and may have 1,048,576;',
      );
      expect((await rejected('Comment: { number: X }', '12345678901')).message).to.match(
        /the number 12345678901 has 11/,
      );
    });
  });

  it('is not used if there is no target', async () => {
    const inUtc = 'InvoiceDate: { date: X, format: dd.MM.yyyy, zone: Europe/Berlin }';
    const feed = csvFeed(stream('Receipt,Member,X\nR1,M1,02.04.2026\n'), parseMapping(mappingOf(inUtc), 'map.yml'));
    expect((await readAll(feed))[0]).to.have.nested.property(
      'transaction.journal.InvoiceDate',
      '2026-04-01T22:00:00.000Z',
    );
    const zoneless = parseMapping(mappingOf('InvoiceDate: { date: X, format: dd.MM.yyyy }'), 'map.yml');
    const error = (await thrown(() => readAll(csvFeed(stream('Receipt,Member,X\n'), zoneless)))) as FeedError;
    expect(error.message).to.match(/^map\.yml line 7: `journal\.InvoiceDate` .* have no offset, so they need a `zone`/);
  });
});

describe('a mapping is checked against the org', () => {
  it('and refused with the line, the field and the intended name', async () => {
    const error = await refusal('Loyalty_Card__c: X');
    expect(error.message).to.equal(
      'map.yml line 7: `journal.Loyalty_Card__c` is not a field of TransactionJournal in this org, or is hidden from this user (did you mean Loyalty_Cards__c?).',
    );
    expect(error.actions).to.deep.equal(['Write Loyalty_Cards__c instead of Loyalty_Card__c, or remove it.']);
  });

  for (const [field, message] of [
    [
      'Nowhere__c: X',
      /`journal\.Nowhere__c` is not a field of TransactionJournal in this org, or is hidden from this user\.$/,
    ],
    ['JournalTypeNam: X', /is hidden from this user \(did you mean JournalTypeId\?\)\.$/],
    ['ProductNam: X', /did you mean ProductName\?/],
    ['Memberid__c: X', /is not a field of TransactionJournal in this org, or is hidden from this user\.$/],
    ['IsSystem: { value: true }', /is a field of TransactionJournal that this user may not fill in/],
    ['PartnerName: X', /stands for PartnerId, which is a field of TransactionJournal that this user may not fill in/],
    ['VoucherNumber: X', /stands for VoucherCode, which is not a field of TransactionJournal/],
    ['TransactionAmount: { value: five }', /cannot be used: "five" is not a decimal number/],
    ['InvoiceDate: { value: 2.4.2026 }', /cannot be used: "2\.4\.2026" is not an ISO 8601 date/],
    ['StartDate: { value: 2026-04-02 }', /cannot be used: "2026-04-02" has no offset/],
    ['IsParentTransaction: { value: ja }', /cannot be used: "ja" is neither true nor false/],
    ['Comment: { value: eleven long }', /cannot be used: "eleven long" has 11 characters, but Comment takes 10/],
    ['Status: { value: Pendng }', /restricted picklist Status \(did you mean Pending\?\)/],
    ['Comment: { date: X }', /is of the type string, which cannot hold the date that its rule makes/],
    ['TransactionAmount: { date: X }', /is of the type currency, which cannot hold the date/],
    ['InvoiceDate: { number: X }', /is of the type date, which cannot hold the number that its rule makes/],
    ['ProductId: { multiply: [X, X] }', /is of the type reference, which cannot hold the number/],
    ['StartDate: { date: X, format: d.M.yyyy }', /have no offset, so they need a `zone`/],
  ] as const)
    it(`and refused: ${field}`, async () => {
      const error = await refusal(field);
      expect(error.message)
        .to.match(/^map\.yml line 7: /)
        .and.match(message);
      expect(error.actions).to.have.lengthOf(1);
    });

  for (const field of [
    'Comment: X',
    'comment: X',
    'ProductCode: X',
    'productname: X',
    'Name: X',
    'Bare: X',
    'InvoiceDate: { date: X, format: d.M.yyyy }',
    'Opening__c: { date: X }',
    'Comment: { multiply: [X, X] }',
    'Status: { value: Processed }',
  ])
    it(`and accepted: ${field}`, () => accepts(field));

  it('and not refused for properties that an older answer does not have', () => {
    const bare = journalTarget({
      name: 'TransactionJournal',
      fields: ['ActivityDate', 'JournalTypeId', 'Comment'].map((name) => ({ name, type: 'string' })),
    });
    const mapping = parseMapping(mappingOf('Comment: { value: "as long as it may be" }'), 'map.yml');
    csvFeed(stream(''), mapping).check?.(bare);
  });
});
