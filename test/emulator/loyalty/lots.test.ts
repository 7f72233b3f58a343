import { expect } from 'chai';
import { addToDay, endOfMonth } from '../../../src/base/dayArithmetic.js';
import { decimalOf } from '../../../src/base/decimal.js';
import { Lots } from '../../../src/emulator/loyalty/engine/lots/lots.js';
import { tracedLedger } from '../../../src/emulator/loyalty/engine/lots/tracedUses.js';
import type { LotEntry } from '../../../src/emulator/loyalty/engine/lots/lots.js';

describe('lots', () => {
  it('are spent by the date on which they expire, those without a date last, and equal ones by age', () => {
    const lots = new Lots();
    lots.credit(credit('never', 5));
    lots.credit(credit('june', 5, '2026-06-30'));
    lots.credit(credit('may', 5, '2026-05-31'));
    lots.credit(credit('later in may', 5, '2026-05-31'));
    const uses = lots.debit(entry('debit', 17, 'Debit'));
    const paid = uses.map(({ lot, points }) => [lot?.ledgerId, points.toNumber()]);
    expect(paid).to.deep.equal([
      ['may', 5],
      ['later in may', 5],
      ['june', 5],
      ['never', 2],
    ]);
    expect(lots.open.map(({ ledgerId, left }) => [ledgerId, left.toNumber()])).to.deep.equal([['never', 3]]);
  });

  it('of subtypes are spent by priority, but expire by date', () => {
    for (const [eventType, first] of [
      ['Debit', 'first priority'],
      ['Expiry', 'may'],
    ]) {
      const lots = new Lots();
      lots.credit({ ...credit('may', 5, '2026-05-31'), priority: 2 });
      lots.credit({ ...credit('first priority', 5, '2026-06-30'), priority: 1 });
      const [use] = lots.debit(entry('debit', 1, String(eventType)));
      expect(use?.lot?.ledgerId).to.equal(first);
    }
  });

  it('are first taken from the journal that is reversed', () => {
    const lots = new Lots();
    lots.credit(credit('may', 5, '2026-05-31'));
    lots.credit({ ...credit('june', 5, '2026-06-30'), journalId: 'sale' });
    const uses = lots.debit({ ...entry('debit', 6, 'Debit'), relatedJournalId: 'sale' });
    expect(uses.map(({ lot, isReversal }) => [lot?.ledgerId, isReversal])).to.deep.equal([
      ['june', true],
      ['may', false],
    ]);
  });

  it('pay arrears before they can be spent', () => {
    const lots = new Lots();
    const [owed] = lots.debit(entry('debit', 8, 'Debit'));
    expect(owed?.lot).to.equal(undefined);
    expect(lots.credit(credit('first', 5)).map(({ debitId }) => debitId)).to.deep.equal(['debit']);
    expect(lots.open).to.deep.equal([]);
    lots.credit(credit('second', 5));
    expect(lots.open.map(({ left }) => left.toNumber())).to.deep.equal([2]);
  });
});

describe('days', () => {
  it('are added, and end in a month that is too short', () => {
    expect(addToDay('2026-12-30', 3, 'Days')).to.equal('2027-01-02');
    expect(addToDay('2026-01-31', 1, 'Months')).to.equal('2026-02-28');
    expect(addToDay('2026-11-30', 3, 'Months')).to.equal('2027-02-28');
    expect(addToDay('2024-02-29', 1, 'Years')).to.equal('2025-02-28');
    expect(endOfMonth('2028-02-01')).to.equal('2028-02-29');
  });
});

function credit(ledgerId: string, points: number, expiryDate: string | null = null): LotEntry {
  return { ...entry(ledgerId, points, 'Credit'), expiryDate };
}

function entry(ledgerId: string, points: number, eventType: string): LotEntry {
  const nothing = { expiryDate: null, journalId: null, relatedJournalId: null, priority: null };
  return { ledgerId, points: decimalOf(points), eventType, ...nothing };
}

describe('traces', () => {
  const entry = (ledgerId: string, eventType: string, points: number): LotEntry => ({
    ...{ ledgerId, eventType, points: decimalOf(points), expiryDate: null, journalId: null, relatedJournalId: null },
    priority: null,
  });
  const entries = [entry('c1', 'Credit', 10), entry('d1', 'Debit', 8), entry('c2', 'Credit', 5)];
  const read = (...traces: ReadonlyArray<[string, string | null, number]>) => {
    const rows = traces.map(([debitId, creditId, points]) => ({ debitId, creditId, points }));
    const { uses, rest, unexplained } = tracedLedger(entries, rows, decimalOf(3));
    return {
      uses: uses.map(({ debitId, lot, points }) => [debitId, lot?.ledgerId, points.toNumber()]),
      rest: rest.map(({ points }) => points.toNumber()),
      unexplained: unexplained.toNumber(),
    };
  };

  it('say what is left of credits and debits, also of points that no ledger row explains', () => {
    expect(read(['d1', 'c2', 4], ['d1', null, 1])).to.deep.equal({
      uses: [
        ['d1', 'c2', 4],
        ['d1', undefined, 1],
      ],
      ...{ rest: [10, 3, 1], unexplained: 2 },
    });
  });

  it('count no further than credit and debit go, and only of rows that are there', () => {
    const odd = read(
      ['d1', 'c2', 7],
      ['d1', 'c1', 9],
      ['d1', 'c1', 1],
      ['c1', 'd1', 1],
      ['d1', 'x', 1],
      ['x', 'c1', 1],
    );
    expect(odd.rest).to.deep.equal([7, 0, 0]);
    expect(odd.uses).to.have.length(2);
    expect(read(['d1', 'c1', -2]).rest).to.deep.equal([10, 8, 5]);
  });
});
