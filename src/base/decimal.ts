import { Decimal as Library } from 'decimal.js';

/**
 * Has enough digits for exact products of realistic amounts. Ties round away from zero, so a refund mirrors its sale.
 */
const Exact = Library.clone({ precision: 200, rounding: Library.ROUND_HALF_UP });

/** An exact decimal number. */
export type Decimal = Library;

const decimalText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i;
const longestText = 64;

/**
 * Reads a number with a decimal point, such as `-15.30` or `1e-7`. Returns undefined for any other text, such as one
 * with a comma or a currency sign, hexadecimal numbers, `NaN`, or more than 64 characters.
 */
export function readDecimal(text: string): Decimal | undefined {
  return isDecimal(text) ? new Exact(text) : undefined;
}

/** Whether {@link readDecimal} reads a text. */
export function isDecimal(text: string): boolean {
  return text.length <= longestText && decimalText.test(text);
}

/** Returns the exact product. */
export function product(factors: readonly Decimal[]): Decimal {
  return factors.reduce((all, factor) => all.times(factor), new Exact(1));
}

/**
 * Writes a number without an exponent. If `places` is given, the number is rounded to that many decimal places, ties
 * away from zero: 1.005 becomes 1.01, and -1.005 becomes -1.01. Zero never has a sign.
 */
export function writeDecimal(number: Decimal, places?: number): string {
  const rounded = places === undefined ? number : number.toDecimalPlaces(places);
  const unsigned = rounded.isZero() ? rounded.abs() : rounded;
  return places === undefined ? unsigned.toFixed() : unsigned.toFixed(places);
}

/**
 * Converts a number from a column or a setting to the decimal that was written.
 *
 * @throws {RangeError} when the value is NaN or infinite
 */
export function decimalOf(value: number): Decimal {
  const decimal = readDecimal(String(value));
  if (!decimal) throw new RangeError(`${value} is not a decimal number`);
  return decimal;
}
