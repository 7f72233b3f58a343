import { type Decimal, readDecimal } from '../../base/decimal.js';

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
