import { expect } from 'chai';
import fc from 'fast-check';
import { product, readDecimal, writeDecimal } from '../../src/base/decimal.js';

function rounded(text: string, places?: number): string {
  return writeDecimal(readDecimal(text)!, places);
}

describe('decimal numbers', () => {
  for (const [text, expected] of [
    ['1.005', '1.01'],
    ['-1.005', '-1.01'],
    ['2.675', '2.68'],
    ['1.004999999999999999', '1.00'],
    ['-15.3', '-15.30'],
    ['1e-7', '0.00'],
    ['-1e-7', '0.00'],
    ['-0', '0.00'],
    ['+.5', '0.50'],
    ['5.', '5.00'],
    ['1E3', '1000.00'],
    ['99999999999999999.995', '100000000000000000.00'],
  ] as const)
    it(`rounds ${text} half up to ${expected}`, () => expect(rounded(text, 2)).to.equal(expected));

  it('keeps all decimal places by default', () => {
    expect(rounded('1e-7')).to.equal('0.0000001');
    expect(rounded('12345678901234567890.10')).to.equal('12345678901234567890.1');
    expect(rounded('-0.0')).to.equal('0');
  });

  for (const text of ['', ' ', '1,5', '1 000', '0x10', 'NaN', 'Infinity', '1e', '--1', '€5', '1e999', '1'.repeat(65)])
    it(`does not read "${text.slice(0, 10)}"`, () => expect(readDecimal(text)).to.equal(undefined));

  it('multiplies exactly', () => {
    const cents = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n });
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const factors = [a, b].map((each) => readDecimal(`${each}e-2`)!);
        expect(writeDecimal(product(factors).times(10_000))).to.equal(String(a * b));
      }),
    );
  });

  it('rounds a refund to the same amount as its sale', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), (amount) => {
        const refund = rounded(`-${amount}e-5`, 2);
        expect(refund.replace('-', '')).to.equal(rounded(`${amount}e-5`, 2));
      }),
    );
  });
});
