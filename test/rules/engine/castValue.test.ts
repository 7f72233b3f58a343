import { expect } from 'chai';
import { castTo } from '../../../src/rules/engine/castValue.js';

const clock = { now: 0, timeZone: 'UTC' };
const number = { name: 'Points', dataType: 'Numeric', decimalPlaces: 2 } as const;
const moment = { name: 'Since', dataType: 'DateTime', decimalPlaces: undefined } as const;

describe('Values that variables take', () => {
  for (const value of [1e200, 1e60, Infinity, '0x10', '1e3', '  ', 'Infinity'])
    it(`are not numbers such as ${JSON.stringify(value)} (${value})`, () => {
      expect(() => castTo(number, value, clock)).to.throw('Points is of the type Numeric and cannot be');
    });

  it('are numbers, and texts with digits and a point', () => {
    expect([' 7.125 ', 7.125, '-3', 1e-200].map((value) => castTo(number, value, clock))).to.deep.equal([
      ...[7.13, 7.13, -3, 0],
    ]);
  });

  // Without an offset, or in other formats, they would depend on the time zone of the machine.
  for (const value of ['2026-03-01T10:00:00', '12/31/2026', '2026-02-30T10:00:00Z', '2026-02-30', '7'])
    it(`are not moments such as ${value}`, () => {
      expect(() => castTo(moment, value, clock)).to.throw('Since is of the type DateTime and cannot be');
    });

  it('are moments with their offset, and days', () => {
    const moments = ['2026-03-01T10:00:00.000+0000', '2026-03-01T11:00:00+01:00', '2026-03-01T10:00:00Z'];
    for (const value of moments)
      expect(castTo(moment, value, clock)).to.deep.equal({ is: 'DateTime', moment: '2026-03-01T10:00:00.000Z' });
    expect(castTo(moment, '2026-03-01', clock)).to.deep.equal({ is: 'DateTime', moment: '2026-03-01T00:00:00.000Z' });
  });
});
