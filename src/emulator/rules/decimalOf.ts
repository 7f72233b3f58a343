import { type Decimal, readDecimal } from '../../base/decimal.js';

/** A number of a column or a setting as the decimal that it was written as. @throws RangeError for NaN and infinity */
export function decimalOf(value: number): Decimal {
  const decimal = readDecimal(String(value));
  if (!decimal) throw new RangeError(`${value} is not a decimal number`);
  return decimal;
}
