import { decimalOf } from '../base/decimal.js';

/** Exact, unlike the difference of binary fractions. */
export function exactDifference(one: number, other: number): number {
  return decimalOf(one).minus(other).toNumber();
}
