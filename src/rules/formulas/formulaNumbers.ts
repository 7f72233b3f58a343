/**
 * Decimal arithmetic on doubles: 0.1 + 0.2 is 0.3. Nearly all numbers of rules are small decimals, so they are
 * calculated as integers of a common unit, such as cents; only the others need the exact decimals, which are slower.
 */
import { decimalOf } from '../../base/decimal.js';
import type { Decimal } from '../../base/decimal.js';
import type { FormulaPlace } from './formulaPlace.js';

const powers = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const mostPlaces = 9;
/** A double holds any decimal of 15 digits. So many are left of an infinite fraction: 1 / 3 * 6 is 2. */
const exactUnits = 1e15;
/** As far as the exact decimals read. */
const largest = 1e90;

/** @throws {FormulaError} if the number is out of range */
export function sum(left: number, right: number, place: FormulaPlace): number {
  const places = commonPlaces(left, right);
  if (places === 0) return inRange(left + right, place);
  const [a, b] = [units(left, places), units(right, places)];
  const power = powers[places] ?? NaN;
  if (isExact(a) && isExact(b)) return (a + b) / power;
  return calculated((x, y) => x.plus(y), left, right, place);
}

/** @throws {FormulaError} if the number is out of range */
export function difference(left: number, right: number, place: FormulaPlace): number {
  return sum(left, -right, place);
}

/** @throws {FormulaError} if the number is out of range */
export function times(left: number, right: number, place: FormulaPlace): number {
  const [first, second] = [placesOf(left), placesOf(right)];
  const product = units(left, first) * units(right, second);
  if (isExact(product)) return product / (powers[first + second] ?? NaN) + 0;
  return calculated((x, y) => x.times(y), left, right, place);
}

/** @throws {FormulaError} if the divisor is 0, or the number is out of range */
export function quotient(left: number, right: number, place: FormulaPlace): number {
  if (right === 0) place.fail(`divides ${left} by 0`);
  const places = commonPlaces(left, right);
  const [a, b] = [units(left, places), units(right, places)];
  if (isExact(a) && isExact(b)) return a / b + 0;
  return calculated((x, y) => x.dividedBy(y), left, right, place);
}

/** Has the sign of the dividend. @throws {FormulaError} if the divisor is 0, or the number is out of range */
export function remainder(left: number, right: number, place: FormulaPlace): number {
  if (right === 0) place.fail(`divides ${left} by 0`);
  const places = commonPlaces(left, right);
  const [a, b] = [units(left, places), units(right, places)];
  if (isExact(a) && isExact(b)) return (a % b) / (powers[places] ?? NaN) + 0;
  return calculated((x, y) => x.modulo(y), left, right, place);
}

/** The platform takes only integers as exponents. @throws {FormulaError} for others, and if the number is out of range */
export function power(base: number, exponent: number, place: FormulaPlace): number {
  if (!Number.isInteger(exponent)) place.fail(`needs an integer as exponent, not ${exponent}`);
  if (base === 0 && exponent < 0) place.fail('divides 1 by 0');
  if (base !== 0 && Math.log10(Math.abs(base)) * exponent > 64)
    place.fail(`makes ${base}^${exponent}, which is out of range`);
  return calculated((x) => x.pow(exponent), base, 0, place);
}

/** Rounds to decimal places, or to tens and hundreds if they are negative. Ties go away from zero. */
export function rounded(value: number, places: number, place: FormulaPlace): number {
  return inPlaces(value, places, place, (scaled) => scaled.toDecimalPlaces(0));
}

/** Cuts off decimal places. */
export function truncated(value: number, places: number, place: FormulaPlace): number {
  return inPlaces(value, places, place, (scaled) => scaled.trunc());
}

/** Adding 0 makes 0 of -0. @throws {FormulaError} if the number is out of range */
export function inRange(value: number, place: FormulaPlace): number {
  return Math.abs(value) < largest ? value + 0 : place.fail('makes a number that is out of range');
}

function inPlaces(value: number, places: number, place: FormulaPlace, round: (scaled: Decimal) => Decimal): number {
  const wanted = Math.trunc(places);
  if (Math.abs(wanted) > 40) return wanted > 0 ? value : 0;
  const unit = decimalOf(10).pow(wanted);
  return calculated((x) => round(x.times(unit)).dividedBy(unit), value, 0, place);
}

function calculated(
  calculate: (left: Decimal, right: Decimal) => Decimal,
  left: number,
  right: number,
  place: FormulaPlace,
): number {
  const result = calculate(decimalOf(settled(left, place)), decimalOf(settled(right, place)));
  return inRange(result.toSignificantDigits(15).toNumber(), place);
}

/** Very small numbers are 0, as on the platform. */
function settled(value: number, place: FormulaPlace): number {
  return Math.abs(value) < 1e-39 ? 0 : inRange(value, place);
}

/** How many decimal places both have at most; NaN if one of them has too many. */
function commonPlaces(left: number, right: number): number {
  return Math.max(placesOf(left), placesOf(right));
}

function placesOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  for (let places = 1; places <= mostPlaces; places++) {
    const unit = powers[places] ?? NaN;
    if (Math.round(value * unit) / unit === value) return places;
  }
  return NaN;
}

function units(value: number, places: number): number {
  return Math.round(value * (powers[places] ?? NaN));
}

function isExact(amount: number): boolean {
  return Math.abs(amount) < exactUnits;
}
