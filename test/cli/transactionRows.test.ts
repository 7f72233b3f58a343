import { expect } from 'chai';
import { newestFirst, pointsSums, transactionRecord, transactionRows } from '../../src/cli/transactionRows.js';
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
