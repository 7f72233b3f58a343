import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'formulon';
import { evaluated } from './evaluated.js';

/** An expression, and its value calculated in another way. */
interface Sum {
  readonly text: string;
  /** Of a ten-thousandth. */
  readonly units: bigint;
}

const scale = 10_000n;

const cents = fc.integer({ min: -99_999, max: 99_999 }).map((value): Sum => {
  const digits = String(Math.abs(value)).padStart(3, '0');
  const text = `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  return { text: value < 0 ? `(${text})` : text, units: BigInt(value) * 100n };
});

const { sum } = fc.letrec<{ sum: Sum; two: Sum }>((tie) => ({
  sum: fc.oneof({ maxDepth: 5 }, cents, tie('two')),
  two: fc
    .tuple(tie('sum'), fc.constantFrom('+', '-'), tie('sum'), fc.constantFrom('', ' ', '\n'))
    .map(([left, operator, right, blank]): Sum => ({
      text: `(${left.text}${blank}${operator}${blank}${right.text})`,
      units: operator === '+' ? left.units + right.units : left.units - right.units,
    })),
}));

const text = fc.string({ unit: 'grapheme', maxLength: 8 });

/** In the kind of quotes that it does not contain, or with escapes. */
function quoted(value: string): string {
  const escaped = value.replaceAll(/[\\"]/g, String.raw`\$&`);
  return value.includes("'") || value.includes('\\') ? `"${escaped}"` : `'${value}'`;
}

describe('formulas agree with other ways to calculate', () => {
  it('sums and differences of decimals, with integers of any size', () => {
    fc.assert(
      fc.property(sum, ({ text, units }) => {
        expect(evaluated(text)).to.equal(Number(units) / Number(scale));
      }),
    );
  });

  it('products of decimals, with integers of any size', () => {
    const factors = fc.array(cents, { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(factors, (each) => {
        const units = each.reduce((all, factor) => all * (factor.units / 100n), 1n);
        expect(evaluated(each.map(({ text }) => text).join(' * '))).to.equal(Number(units) / Number(scale));
      }),
    );
  });

  it('sums without brackets, from left to right', () => {
    const terms = fc.array(fc.tuple(fc.constantFrom('+', '-'), cents), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(terms, (each) => {
        const units = each.reduce((all, [sign, { units }]) => (sign === '+' ? all + units : all - units), 0n);
        const written = `0 ${each.map(([sign, { text }]) => `${sign} ${text}`).join(' ')}`;
        expect(evaluated(written)).to.equal(Number(units) / Number(scale));
      }),
    );
  });

  it('quotients, multiplied again', () => {
    fc.assert(
      fc.property(cents, cents, (left, right) => {
        fc.pre(right.units !== 0n);
        expect(evaluated(`ROUND(${left.text} / ${right.text} * ${right.text}, 2)`)).to.equal(
          Number(left.units) / Number(scale),
        );
      }),
    );
  });

  it('joined texts, with & and +', () => {
    const parts = fc.array(fc.tuple(text, fc.boolean()), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, (each) => {
        const values = Object.fromEntries(each.map(([value], at) => [`Part${at}`, value === '' ? null : value]));
        const written = each.map(([value, isNamed], at) => (isNamed ? `{!Part${at}}` : quoted(value)));
        const expected = each.map(([value]) => value).join('') || null;
        expect(evaluated(`"" & ${written.join(' & ')}`, values)).to.equal(expected);
        expect(evaluated(`"" + ${written.join(' + ')}`, values)).to.equal(expected);
      }),
    );
  });

  /** What another library makes of the same expression, where it follows the platform. */
  function agrees(written: string): void {
    const { value } = parse(written);
    expect(evaluated(written), written).to.equal(value === '' ? null : value);
  }

  it('functions of numbers, as formulon has them', () => {
    fc.assert(
      fc.property(cents, cents, fc.constantFrom('MAX', 'MIN'), ({ text: left }, { text: right }, name) => {
        agrees(`${name}(${left}, ${right})`);
        for (const one of ['ABS', 'CEILING', 'FLOOR', 'MCEILING', 'MFLOOR']) agrees(`${one}(${left})`);
        for (const sign of ['<', '<=', '>', '>=', '=', '<>']) agrees(`IF(${left} ${sign} ${right}, "yes", "no")`);
        agrees(`${left} + ${right} - ${left} * ${right}`);
      }),
    );
  });

  it('functions of texts, as formulon has them', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '@', '.', ' '), minLength: 1, maxLength: 10 });
    const count = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(plain, plain, count, count, (text, part, from, length) => {
        for (const name of ['LEN', 'LOWER', 'UPPER', 'TRIM']) agrees(`${name}('${text}')`);
        agrees(`LEFT('${text}', ${length})`);
        // Longer than the text, formulon's RIGHT is wrong.
        agrees(`RIGHT('${text}', ${Math.min(length, text.length)})`);
        for (const name of ['BEGINS', 'CONTAINS', 'FIND']) agrees(`${name}('${text}', '${part.slice(0, 2)}')`);
        agrees(`MID('${text}', ${from}, ${length})`);
        agrees(`SUBSTITUTE('${text}', '${part.slice(0, 1)}', '-')`);
        agrees(`MID('${text}', FIND('@', '${text}') + 1, LEN('${text}') - 1)`);
      }),
    );
  });
});
