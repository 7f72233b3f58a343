import { expect } from 'chai';
import { dateLiteralRange } from '../../../src/emulator/soql/where/dateLiteral.js';

/** A Wednesday. */
const now = new Date('2026-03-18T15:30:00Z');

describe('SOQL date literals', () => {
  for (const [literal, from, to] of [
    ['YESTERDAY', '2026-03-17', '2026-03-18'],
    ['today', '2026-03-18', '2026-03-19'],
    ['TOMORROW', '2026-03-19', '2026-03-20'],
    ['LAST_WEEK', '2026-03-08', '2026-03-15'],
    ['THIS_WEEK', '2026-03-15', '2026-03-22'],
    ['NEXT_WEEK', '2026-03-22', '2026-03-29'],
    ['LAST_MONTH', '2026-02-01', '2026-03-01'],
    ['THIS_MONTH', '2026-03-01', '2026-04-01'],
    ['NEXT_MONTH', '2026-04-01', '2026-05-01'],
    ['LAST_90_DAYS', '2025-12-18', '2026-03-19'],
    ['NEXT_90_DAYS', '2026-03-19', '2026-06-17'],
    ['THIS_QUARTER', '2026-01-01', '2026-04-01'],
    ['LAST_QUARTER', '2025-10-01', '2026-01-01'],
    ['NEXT_YEAR', '2027-01-01', '2028-01-01'],
    ['THIS_FISCAL_QUARTER', '2026-01-01', '2026-04-01'],
    ['LAST_FISCAL_YEAR', '2025-01-01', '2026-01-01'],
    ['LAST_N_DAYS:7', '2026-03-11', '2026-03-19'],
    ['NEXT_N_DAYS:7', '2026-03-19', '2026-03-26'],
    ['N_DAYS_AGO:7', '2026-03-11', '2026-03-12'],
    ['LAST_N_WEEKS:2', '2026-03-01', '2026-03-15'],
    ['N_WEEKS_AGO:2', '2026-03-01', '2026-03-08'],
    ['LAST_N_MONTHS:2', '2026-01-01', '2026-03-01'],
    ['NEXT_N_MONTHS:2', '2026-04-01', '2026-06-01'],
    ['N_MONTHS_AGO:2', '2026-01-01', '2026-02-01'],
    ['NEXT_N_QUARTERS:1', '2026-04-01', '2026-07-01'],
    ['N_YEARS_AGO:2', '2024-01-01', '2025-01-01'],
    ['LAST_N_FISCAL_YEARS:2', '2024-01-01', '2026-01-01'],
  ] as const) {
    it(`${literal} is from ${from} until ${to}`, () => {
      const range = dateLiteralRange(literal, now, 'UTC');
      expect([range?.from.toISODate(), range?.to.toISODate()]).to.deep.equal([from, to]);
    });
  }

  it('begin at midnight in the time zone, even on the day that daylight saving time begins', () => {
    const range = dateLiteralRange('TODAY', new Date('2026-03-29T10:00:00Z'), 'Europe/Berlin');
    expect([range?.from.toUTC().toISO(), range?.to.toUTC().toISO()]).to.deep.equal([
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
  });

  it('have no other forms', () => {
    for (const text of ['NOW', 'LAST_DAY', 'LAST_N_DAYS', 'N_DAYS_AGO:x', 'constructor']) {
      expect(dateLiteralRange(text, now, 'UTC'), text).to.equal(undefined);
    }
  });
});
