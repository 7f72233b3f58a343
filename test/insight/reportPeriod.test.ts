import { expect } from 'chai';
import { BadPeriodError, dayInZone, lastMonth, periodBefore, readPeriod } from '../../src/insight/index.js';

describe('the period of a report', () => {
  it('is a month, a quarter, a year, a day, or any days', () => {
    expect(readPeriod('2024-02')).to.deep.equal({ from: '2024-02-01', to: '2024-02-29' });
    expect(readPeriod('2026-q3')).to.deep.equal({ from: '2026-07-01', to: '2026-09-30' });
    expect(readPeriod('2026')).to.deep.equal({ from: '2026-01-01', to: '2026-12-31' });
    expect(readPeriod(' 2026-10-31 ')).to.deep.equal({ from: '2026-10-31', to: '2026-10-31' });
    expect(readPeriod('2026-10-30..2026-11-02')).to.deep.equal({ from: '2026-10-30', to: '2026-11-02' });
  });

  it('is refused if it has no days', () => {
    for (const text of [
      '',
      '2026-13',
      '2026-Q5',
      '2026-02-30',
      '2026-11-02..2026-11-01',
      '2026-10..2026-11',
      'May',
      '26-10',
      '0000-01',
      '0001-01-01..9999-12-31',
    ])
      expect(() => readPeriod(text), text).to.throw(BadPeriodError, 'is not a period');
  });

  it('has one of the same kind before it', () => {
    expect(periodBefore(readPeriod('2026-03'))).to.deep.equal(readPeriod('2026-02'));
    expect(periodBefore(readPeriod('2026-Q1'))).to.deep.equal(readPeriod('2025-Q4'));
    expect(periodBefore(readPeriod('2026'))).to.deep.equal(readPeriod('2025'));
    expect(periodBefore(readPeriod('2026-03-02..2026-03-08'))).to.deep.equal(readPeriod('2026-02-23..2026-03-01'));
  });

  it('begins and ends with the days of a zone', () => {
    expect(dayInZone(Date.parse('2026-10-31T23:30:00Z'), 'Europe/Paris')).to.equal('2026-11-01');
    expect(dayInZone(Date.parse('2026-11-01T03:30:00Z'), 'America/New_York')).to.equal('2026-10-31');
  });

  it('is the last month that is over by default', () => {
    expect(lastMonth('2026-01-01')).to.deep.equal(readPeriod('2025-12'));
    expect(lastMonth('2026-11-30')).to.deep.equal(readPeriod('2026-10'));
  });
});
