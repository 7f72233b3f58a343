import { expect } from 'chai';
import { historyLine, historyRecord } from '../../src/cli/historyRows.js';
import { newestFirst, pointsSums, transactionRecord, transactionRows } from '../../src/cli/transactionRows.js';
import { dateText } from '../../src/cli/terminal/terminalText.js';
import type { LedgerJournal } from '../../src/client/index.js';

const journal: LedgerJournal = {
  id: '0lV1',
  number: '00000042',
  activityDate: '2026-03-01T10:00:00.000Z',
  type: 'Accrual',
  subtype: null,
  externalTransactionNumber: null,
  amount: 5.5,
  product: null,
  productCategory: null,
  points: [],
  fields: { Status: 'Processed' },
};

const rowsOf = (changes: Partial<LedgerJournal>) =>
  transactionRows(transactionRecord({ ...journal, ...changes }, 'M-1'));

describe('a transaction on the screen', () => {
  it('has a dash for what is not there, and for points that did not move', () => {
    const [row, ...others] = rowsOf({ number: null, activityDate: null, type: null, amount: null });
    expect(row).to.deep.equal({
      ...{ date: '–', journal: '–', type: '–', amount: '–', points: '–', currency: '' },
    });
    expect(others).to.deep.equal([]);
  });

  it('says in words what became of a journal that was not simply processed', () => {
    for (const [Status, type] of [
      ['Processed', 'Accrual: Purchase'],
      ['Pending', 'Accrual: Purchase (pending)'],
      ['cancelled', 'Accrual: Purchase (cancelled)'],
      ['Error', 'Accrual: Purchase (failed)'],
      [null, 'Accrual: Purchase'],
    ]) {
      expect(rowsOf({ subtype: 'Purchase', fields: { Status } })[0], String(Status)).to.include({ type });
    }
  });

  it('has a line for each currency, and signs', () => {
    const points = [
      { currency: 'Stars', points: 1200.5 },
      { currency: 'Miles', points: -3 },
      { currency: null, points: 0 },
    ];
    const rows = rowsOf({ points });
    expect(rows.map((row) => [row['date'] === '', row['points'], row['currency']])).to.deep.equal([
      [false, '+1,200.5', 'Stars'],
      [true, '-3', 'Miles'],
      [true, '0', ''],
    ]);
  });

  it('is in the order of the activities, and adds up without a tail', () => {
    const of = (activityDate: string | null, points: number) =>
      transactionRecord({ ...journal, activityDate, points: [{ currency: 'Stars', points }] }, 'M-1');
    const records = [of('2026-03-01T10:00:00.000Z', 0.1), of(null, 0.2), of('2026-03-02T10:00:00.000Z', 1)];
    expect([...records].sort(newestFirst).map(({ activityDate }) => activityDate?.slice(0, 10))).to.deep.equal([
      ...['2026-03-02', '2026-03-01', undefined],
    ]);
    expect(pointsSums(records)).to.equal('+1.3 Stars');
    expect(pointsSums([])).to.equal('');
  });
});

describe('a transaction of the history on the screen', () => {
  const fields = {
    ...{ ActivityDate: '2026-03-01T10:00:00.000Z', TransactionAmount: '5.5', MemberId: '0lM1', Brand: '', Quantity: 0 },
    ...{ Paid__c: false, ExternalTransactionNumber: 'till:3' },
  };

  it('has its number and status from orgs that tell them', () => {
    const told = { ...fields, Id: '0lV1', Name: '00000042', Status: 'Pending' };
    const record = historyRecord({ type: 'Accrual', subtype: 'Purchase', fields: told }, 'M-1');
    expect(record).to.deep.equal({
      ...{ key: '0lV1', status: 'Pending', member: 'M-1', number: '00000042', activityDate: fields.ActivityDate },
      ...{ type: 'Accrual', subtype: 'Purchase', externalTransactionNumber: 'till:3', amount: 5.5 },
      ...{ product: null, productCategory: null, points: null, fields: told },
    });
    expect(historyLine(record)['type']).to.equal('Accrual: Purchase (pending)');
    const silent = historyRecord({ type: 'Accrual', subtype: null, fields: { TransactionAmount: 'much' } }, 'M-1');
    expect(silent).to.include({ key: null, status: null, number: null, activityDate: null, amount: null });
  });

  it('leaves out what is empty, and has no raw dates and numbers', () => {
    const lineOf = (more: object) =>
      historyLine(historyRecord({ type: 'Accrual', subtype: null, fields: { ...fields, ...more } }, 'M-1'))['fields'];
    expect(lineOf({ Paid__c: true, Distance: 1200.5, BookingDate: '2026-03-02' })).to.equal(
      `Paid__c: yes, ExternalTransactionNumber: till:3, Distance: 1,200.5, BookingDate: ${dateText('2026-03-02')}`,
    );
    expect(lineOf({ ExternalTransactionNumber: '' })).to.equal('–');
  });
});
