import { expect } from 'chai';
import fc from 'fast-check';
import { product, readDecimal, writeDecimal } from '../../src/base/decimal.js';
import { smallProduct } from '../../src/base/smallDecimal.js';

const digits = fc.string({ unit: fc.constantFrom('0', '0', '1', '2', '3', '4', '5', '9', '9'), maxLength: 9 });
const number = fc
  .tuple(fc.constantFrom('', '', '-', '+'), digits, fc.constantFrom('.', '.', ''), digits)
  .map((parts) => parts.join(''));
const places = fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined });

describe('products of small decimal numbers', () => {
  it('are written as the exact ones are', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 3 }), places, (texts, wanted) => {
        const small = smallProduct(texts, wanted);
        if (small === undefined) return;
        compared++;
        const factors = texts.map((text) => readDecimal(text)!);
        expect(small).to.equal(writeDecimal(product(factors), wanted));
      }),
      { numRuns: 5000 },
    );
    expect(compared).to.be.greaterThan(500);
  });

  for (const [texts, wanted, expected] of [
    [['2', '3.4'], 2, '6.80'],
    [['-3', '0.335'], 2, '-1.01'],
    [['1', '1.005'], 2, '1.01'],
    [['-1', '0.004'], 2, '0.00'],
    [['-0'], undefined, '0'],
    [['0010.500'], undefined, '10.5'],
    [['.5', '5.'], 1, '2.5'],
  ] as const)
    it(`makes ${expected} of ${texts.join(' × ')}`, () => expect(smallProduct(texts, wanted)).to.equal(expected));

  for (const text of ['', '-', '.', '-.', '+1', '1e2', '1.2.3', '1,5', ' 1', '1-', '٣', '1234567890123456'])
    it(`leaves "${text}" to exact decimals`, () => expect(smallProduct([text])).to.equal(undefined));

  it('leaves a product that no double holds to exact decimals', () => {
    expect(smallProduct(['94906267', '94906267'])).to.equal(undefined);
    expect(smallProduct(['94906265', '94906265'])).to.equal('9007199136250225');
  });
});
