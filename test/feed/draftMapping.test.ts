import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { draftForFeed, openFeed, parseMapping } from '../../src/feed/index.js';
import type { DraftForFeed, FeedError } from '../../src/feed/index.js';
import { outcome, readAll, thrown } from './reading.js';

describe('a draft of a mapping', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'draft-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function draftOf(name: string, content: string | Uint8Array, zone?: string): Promise<DraftForFeed> {
    await writeFile(join(folder, name), content);
    return draftForFeed(join(folder, name), { source: 'till', rows: 1000, zone });
  }

  /** Returns the draft without its comments. */
  const rulesOf = ({ text }: DraftForFeed): string[] => text.split('\n').filter((line) => !/^\s*#|^$/.test(line));

  it('of a till in Germany runs as it is', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, index) =>
        `B${index};HR-${index % 7};${(index % 28) + 1}.04.2026 09:1${index % 10};"1.2${index + 10},50";Café`,
    );
    const text = `sep=;\r\nBonNr;Kundenkarte;Datum;Betrag;Filiale\r\n${rows.join('\r\n')}\r\n`;
    const draft = await draftOf('bons.csv', Buffer.from(text, 'latin1'), 'Europe/Berlin');
    expect(rulesOf(draft)).to.deep.equal([
      'source: till',
      'encoding: windows-1252',
      'key: BonNr',
      'member: Kundenkarte',
      'journal:',
      '  ActivityDate: { date: Datum, format: "d.M.yyyy HH:mm", zone: Europe/Berlin }',
      '  JournalTypeName: { value: Accrual }',
      "  TransactionAmount: { number: Betrag, decimalSeparator: ',' }",
    ]);
    expect(draft).to.include({ rows: 40, rejected: 0 });
    expect(draft.open).to.be.empty;
    expect(draft.assumed.join(' ')).to.match(
      /^The feed is not UTF-8; .* BonNr is unique in the sample, and must be so/,
    );
  });

  it('of invoice lines counts the lines that repeat', async () => {
    const lines = ['1,TEA,M1', '1,TEA,M1', '1,CUP,M1', '2,TEA,M2', '2,TEA,M2'];
    const rows = lines.map((line) => `${line},4/13/2026 8:15,2,3.5`).join('\n');
    const draft = await draftOf(
      'lines.csv',
      `InvoiceNo,StockCode,CustomerID,InvoiceDate,Quantity,UnitPrice\n${rows}\n`,
    );
    expect(rulesOf(draft)).to.include.members([
      'key: { columns: [InvoiceNo, StockCode], occurrenceWithin: InvoiceNo }',
      '  ActivityDate: { date: InvoiceDate, format: "M/d/yyyy H:mm", zone: UTC }',
      '  TransactionAmount: { multiply: [Quantity, UnitPrice], decimals: 2 }',
    ]);
    expect(draft).to.include({ rows: 5, rejected: 0 });
    expect(draft.assumed).to.include('The times in InvoiceDate have no offset. Name the zone of the till.');
    const [key, group, amount] = [
      'key: InvoiceNo',
      'group: { by: InvoiceNo }',
      'TransactionAmount: { sum: { multiply: [Quantity, UnitPrice], decimals: 2 } }',
    ];
    expect(draft.assumed).to.include(
      `Rows that follow each other have the same InvoiceNo, and each becomes a transaction of its own. To make one of them, write \`${key}\` and \`${group}\`, and \`${amount}\`.`,
    );
    const grouped = draft.text.replace(/^key: .*$/m, `${key}\n${group}`).replace(/TransactionAmount: .*/, amount);
    const entries = await readAll(await openFeed(join(folder, 'lines.csv'), parseMapping(grouped, 'map.yml')));
    expect(entries.map(outcome)).to.deep.equal(['till:1', 'grouped', 'grouped', 'till:2', 'grouped']);
  });

  it('of a JSON list names paths, and lists what only an expression can read', async () => {
    const orders = [1, 2, 3].map((id) => ({
      order: { id, createdAt: '2026-04-02T09:15:00+02:00', total: 12.3 },
      customer: { card: `HR-${id % 2}` },
      lines: [{ sku: 'TEA' }],
    }));
    const draft = await draftOf('orders.json', JSON.stringify(orders, null, 2));
    expect(rulesOf(draft)).to.deep.equal([
      'source: till',
      'key: order.id',
      'member: customer.card',
      'journal:',
      '  ActivityDate: { date: order.createdAt }',
      '  JournalTypeName: { value: Accrual }',
      '  TransactionAmount: { number: order.total }',
    ]);
    expect(draft.text).to.include('# Only expressions can read lines, for example');
  });

  it('of events that count milliseconds, compressed, with a key of two columns', async () => {
    const events = [1, 1, 2].map((visit, index) => ({
      ...{
        visitId: `v${visit}`,
        productCode: `p${index % 2}`,
        userCard: 'HR-1',
        timestamp: 1_775_044_800_000 + index,
        price: '3.40',
      },
    }));
    const lines = events.map((event) => JSON.stringify(event)).join('\n');
    const draft = await draftOf('events.ndjson.gz', gzipSync(`${lines}\n`));
    expect(rulesOf(draft)).to.include.members([
      'key: [visitId, productCode]',
      '  ActivityDate: { date: timestamp, since: 1970-01-01T00:00Z, unit: milliseconds }',
      '  TransactionAmount: { number: price }',
    ]);
    expect(draft).to.include({ rows: 3, rejected: 0 });
  });

  it('of a spreadsheet with serial dates and a name that YAML would change', async () => {
    const rows = [1, 2].map((id) => `${id}\tHR-${id}\t4611${id}.5\t9`).join('\n');
    const draft = await draftOf('sales.tsv', `no\tMember: number\tSale date\tAmount\n${rows}\n`, 'Europe/Paris');
    expect(rulesOf(draft)).to.include.members([
      'delimiter: "\\t"',
      'key: "no"',
      'member: "Member: number"',
      '  ActivityDate: { date: Sale date, format: excel, zone: Europe/Paris }',
    ]);
    expect(draft).to.include({ rows: 2, rejected: 0 });
  });

  it('of a till that writes day and time in two columns reads both', async () => {
    const rows = ['31.10.2026;08:05;B1;M1;1,50', '31.10.2026;14:15;B2;M2;2,00', ''].join('\n');
    const draft = await draftOf('two.csv', `Datum;Uhrzeit;Bon;Karte;Betrag\n${rows}`, 'Europe/Berlin');
    expect(rulesOf(draft)).to.include.members([
      'key: Bon',
      '  ActivityDate: { date: [Datum, Uhrzeit], format: "d.M.yyyy H:mm", zone: Europe/Berlin }',
    ]);
    expect(draft).to.include({ rows: 2, rejected: 0 });
  });

  it('finds times of twelve hours, and times without colons by the name of their column', async () => {
    const iso = 'Id,Date,Time,Card,Total\n1,2026-10-31,8:05:11 AM,M1,3.5\n2,2026-10-31,02:15:00 PM,M2,4\n';
    const digits = 'Bonnr,Datum,Tijd,Klant,Bedrag\n1,20261031,080511,M1,3.5\n2,20261031,231542,M2,4\n';
    const drafts = [await draftOf('iso.csv', iso), await draftOf('digits.csv', digits)];
    expect(drafts.map((draft) => rulesOf(draft).find((line) => line.includes('ActivityDate')))).to.deep.equal([
      '  ActivityDate: { date: [Date, Time], format: "yyyy-MM-dd h:mm:ss a", zone: UTC }',
      '  ActivityDate: { date: [Datum, Tijd], format: yyyyMMdd HHmmss, zone: UTC }',
    ]);
    for (const draft of drafts) expect(draft).to.include({ rows: 2, rejected: 0 });
  });

  it('of amounts that count cents by their name sends units, and asks about others that may', async () => {
    const named = await draftOf(
      'cents.csv',
      'Id,Card,Date,amount_cents\n1,M1,2026-10-31T08:05Z,1250\n2,M2,2026-10-31T08:05Z,399\n',
    );
    expect(rulesOf(named)).to.include('  TransactionAmount: { multiply: [amount_cents, 0.01], decimals: 2 }');
    expect(named.assumed).to.include('amount_cents counts hundredths, as its name says: 1250 means 12.50.');
    const whole = await draftOf(
      'whole.csv',
      'Id,Card,Date,Total\n1,M1,2026-10-31T08:05Z,1250\n2,M2,2026-10-31T08:05Z,399\n',
    );
    expect(rulesOf(whole)).to.include('  TransactionAmount: { number: Total }');
    expect(whole.assumed.join(' ')).to.include(
      'If it counts cents, write `TransactionAmount: { multiply: [Total, 0.01]',
    );
  });

  for (const [part, whole] of [
    ['Tax amount', 'Total incl. VAT'],
    ['order_tax_total', 'TaxInclusiveAmount'],
    ['Refunded Amount', 'discounted_total'],
  ] as const)
    it(`takes ${whole} for the amount, and not ${part}`, async () => {
      const draft = await draftOf('tax.csv', `Id,Card,Date,${part},${whole}\n1,M1,2026-10-31T08:05Z,0.50,3.50\n`);
      expect(rulesOf(draft)).to.include(`  TransactionAmount: { number: ${whole} }`);
    });

  it('multiplies by a price in cents, and knows a column of cents alone', async () => {
    const product = await draftOf('pence.csv', 'Id,Card,Date,Qty,price_pence\n1,M1,2026-10-31T08:05Z,2,350\n');
    expect(rulesOf(product)).to.include('  TransactionAmount: { multiply: [Qty, price_pence, 0.01], decimals: 2 }');
    const alone = await draftOf('centen.csv', 'Id,Card,Date,Centen\n1,M1,2026-10-31T08:05Z,1250\n');
    expect(rulesOf(alone)).to.include('  TransactionAmount: { multiply: [Centen, 0.01], decimals: 2 }');
  });

  it('does not doubt a format of times that only fits once', async () => {
    const text = 'Id,Card,Date,Total,Time\n1,M1,2026-10-31,3,8:05:11AM\n2,M1,2026-10-31,3,8:05:12PM\n';
    const draft = await draftOf('short.csv', text, 'UTC');
    expect(rulesOf(draft)).to.include(
      '  ActivityDate: { date: [Date, Time], format: "yyyy-MM-dd h:mm:ssa", zone: UTC }',
    );
    expect(draft.assumed.join(' ')).not.to.include('could also be');
  });

  it('leaves a time that only some rows have, and says when it cannot read one', async () => {
    const some = await draftOf(
      'some.csv',
      'Id,Card,Date,Total,RefundTime\n1,M1,2026-10-31,3,\n2,M1,2026-10-31,3,09:15\n',
      'UTC',
    );
    expect(rulesOf(some)).to.include('  ActivityDate: { date: Date, zone: UTC }');
    expect(some).to.include({ rows: 2, rejected: 0 });
    const odd = await draftOf('odd.csv', 'Id,Card,Date,Total,Time\n1,M1,2026-10-31,3,08:05:11.0000000\n', 'UTC');
    expect(odd.assumed).to.include('Time looks like the time of day, but cannot be read, so that only the day counts.');
  });

  it('does not take an amount for a receipt, because it repeats', async () => {
    const rows = ['1,M1,2026-10-31,9.5', '2,M1,2026-10-31,9.5', '3,M2,2026-10-31,3.5'];
    const draft = await draftOf('totals.csv', `Id,Card,Date,OrderTotal\n${rows.join('\n')}\n`, 'UTC');
    expect(draft.open).to.deep.equal([]);
    expect(rulesOf(draft)).to.include('  TransactionAmount: { number: OrderTotal }');
  });

  describe('of lines that repeat the total of their receipt', () => {
    const head = 'Receipt,Card,At,Item,Total,Net';
    const rows = [
      'R1,M1,A,9.50,3.50',
      'R1,M1,B,9.50,6.00',
      'R2,M2,A,3.50,3.50',
      'R3,M3,A,8.50,4.20',
      'R3,M3,B,8.50,4.30',
    ];
    const withDate = rows.map((row) => row.replace(/(,M\d,)/, '$12026-10-31T08:05Z,'));

    it('takes the amount of a line, if there is one', async () => {
      const draft = await draftOf('net.csv', `${head}\n${withDate.join('\n')}\n`);
      expect(rulesOf(draft)).to.include('  TransactionAmount: { number: Net }');
      expect(draft.assumed).to.include(
        'Total is the same in all rows with the same Receipt, so it is not the amount of a row.',
      );
    });

    it('leaves to a person what the total means, and its advice counts it once', async () => {
      const lines = [head, ...withDate].map((line) => line.slice(0, line.lastIndexOf(',')));
      const draft = await draftOf('total.csv', `${lines.join('\n')}\n`);
      expect(draft.open).to.have.length(1);
      expect(draft.open[0]).to.match(/^Total is the same in all rows with the same Receipt/);
      const [key = '', group = '', amount = ''] = Array.from(
        draft.open[0]?.matchAll(/`([^`]+)`/g) ?? [],
        ([, code]) => code,
      );
      const decided = draft.text
        .replace(/^key: .*$/m, `${key}\n${group}`)
        .replace(/^ *TransactionAmount: .*/m, `  ${amount}`);
      const entries = await readAll(await openFeed(join(folder, 'total.csv'), parseMapping(decided, 'map.yml')));
      const amounts = entries.flatMap((entry) =>
        entry.kind === 'transaction' ? [entry.transaction.journal['TransactionAmount']] : [],
      );
      expect(amounts.map(Number)).to.deep.equal([9.5, 3.5, 8.5]);
    });
  });

  it('says what dates can also be', async () => {
    const draft = await draftOf('few.csv', 'Id,Card,Date,Amount\n1,M1,1/2/2026,3\n2,M1,3/2/2026,3\n', 'UTC');
    expect(draft.assumed).to.include('The dates in Date could also be M/d/yyyy.');
  });

  it('of two stores whose receipt numbers overlap takes three columns, and groups by two', async () => {
    const rows = ['A;1;1;M1', 'A;1;2;M1', 'A;2;1;M2', 'B;1;1;M3', 'B;1;2;M3'].map((row) => `${row};2.4.2026;1,50`);
    const draft = await draftOf('stores.csv', `Store;Receipt;Line;Card;Date;Betrag\n${rows.join('\n')}\n`, 'UTC');
    expect(rulesOf(draft)).to.include('key: [Store, Receipt, Line]');
    expect(draft.assumed.join(' '))
      .to.include('Store, Receipt and Line are together unique')
      .and.include('write `key: [Store, Receipt]` and `group: { by: [Store, Receipt] }`');
  });

  it('names the column that would be the amount if it could be read in every row', async () => {
    const rows = [1, 2, 3].map((id) => `${id};M1;2026-01-01T10:00Z;${id},50`);
    const text = ['Bon;Card;Date;Betrag', ...rows, '4;M1;2026-01-01T10:00Z;n/a', ''].join('\n');
    expect((await draftOf('near.csv', text)).assumed).to.include(
      'No column looks like an amount, so none is sent. Betrag is a number in 3 of 4 rows.',
    );
  });

  it('leaves to a person what the sample does not say, and cannot be used before', async () => {
    const draft = await draftOf('bare.csv', 'a,b\nx,1\nx,1\n');
    expect(draft.open).to.deep.equal([
      'No columns together tell the rows of the sample apart. Name those that identify a purchase, or number equal rows with `occurrenceWithinFeed`.',
      'No column looks like a membership number. Name it.',
      'No column looks like the time of the purchase. Name it.',
    ]);
    const feed = await openFeed(join(folder, 'bare.csv'), parseMapping(draft.text, 'map.yml'));
    expect(await thrown(() => readAll(feed))).to.include({ code: 'missing-column' });
  });

  it('which is one error that names the line of the mapping, also where rows have no header', async () => {
    const rows = '{"a":"x","b":1}\n{"a":"x","b":1}\n';
    const draft = await draftOf('bare.ndjson', rows);
    const line = draft.text.split('\n').findIndex((text) => text.startsWith('key: WHICH_COLUMN')) + 1;
    const feed = await openFeed(join(folder, 'bare.ndjson'), parseMapping(draft.text, 'map.yml'));
    const error = await thrown(() => readAll(feed));
    expect(error).to.include({ name: 'FeedError', code: 'missing-column' });
    expect(String(error)).to.include(`map.yml line ${line} still has WHICH_COLUMN`);
  });

  it('names the rows that it rejects', async () => {
    const draft = await draftOf('gaps.csv', 'Id,Card,Date,Amount\n1,,2026-01-01T10:00Z,3\n2,M1,2026-01-01T10:00Z,3\n');
    expect(draft).to.include({ rows: 2, rejected: 1 });
    expect(draft.rejections.map(({ reason, line }) => [reason, line])).to.deep.equal([['missing-member', 2]]);
    expect(draft.assumed).to.include('Rows without Card are rejected, unless `skip` leaves them out.');
  });

  it('needs rows', async () => {
    const error = (await thrown(() => draftOf('none.csv', 'a,b\n'))) as FeedError;
    expect(error.message).to.match(/has no rows that can be read as csv/);
  });
});
