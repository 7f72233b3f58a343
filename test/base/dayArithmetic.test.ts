import { expect } from 'chai';
import { addToDay } from '../../src/base/dayArithmetic.js';

describe('adding to a day', () => {
  const sums = [
    ['2026-01-31', 1, 'Months', '2026-02-28'],
    ['2024-02-29', 1, 'Years', '2025-02-28'],
    ['2026-03-01', -1, 'Days', '2026-02-28'],
    ['2026-01-01', 8000, 'Years', '9999-12-31'],
    ['2026-01-01', 99_999_999_999, 'Months', '9999-12-31'],
    ['2026-01-01', Number.MAX_SAFE_INTEGER, 'Days', '9999-12-31'],
    ['2026-01-01', -Number.MAX_SAFE_INTEGER, 'Days', '0000-01-01'],
    ['2026-01-01', -99_999_999_999, 'Years', '0000-01-01'],
  ] as const;
  for (const [day, count, unit, sum] of sums) {
    it(`${day} and ${count} ${unit} is ${sum}`, () => expect(addToDay(day, count, unit)).to.equal(sum));
  }
});
