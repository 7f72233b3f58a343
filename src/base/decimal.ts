import { Decimal as Library } from 'decimal.js';

/** Enough digits that products of sane amounts are exact; ties round away from zero, so that a refund mirrors its sale. */
const Exact = Library.clone({ precision: 200, rounding: Library.ROUND_HALF_UP });

/** An exact decimal number. */
export type Decimal = Library;

const decimalText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i;
const longestText = 64;

/**
 * Reads a number with a point, such as `-15.30` or `1e-7`. Anything else is undefined: a comma, a currency sign, hex,
 * `NaN`, and text of more than 64 characters.
 */
export function readDecimal(text: string): Decimal | undefined {
  return text.length <= longestText && decimalText.test(text) ? new Exact(text) : undefined;
}

/** The exact product. */
export function product(factors: readonly Decimal[]): Decimal {
  return factors.reduce((all, factor) => all.times(factor), new Exact(1));
}

/**
 * A number as text without exponent; with `places`, rounded to that many, ties away from zero: 1.005 becomes 1.01
 * and -1.005 becomes -1.01. Zero never has a sign.
 */
export function writeDecimal(number: Decimal, places?: number): string {
  const rounded = places === undefined ? number : number.toDecimalPlaces(places);
  const unsigned = rounded.isZero() ? rounded.abs() : rounded;
  return places === undefined ? unsigned.toFixed() : unsigned.toFixed(places);
}

/** A number of a column or a setting as the decimal that it was written as. @throws {RangeError} for NaN and infinity */
export function decimalOf(value: number): Decimal {
  const decimal = readDecimal(String(value));
  if (!decimal) throw new RangeError(`${value} is not a decimal number`);
  return decimal;
}
