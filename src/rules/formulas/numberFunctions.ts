/** Functions of numbers. Source: Salesforce Help, "Formula Operators and Functions". A blank number is 0. */
import { decimalOf } from '../../base/decimal.js';
import { inRange, remainder, rounded, truncated } from './formulaNumbers.js';
import type { FormulaFunction } from './formulaPart.js';
import type { FormulaPlace } from './formulaPlace.js';
import { numberFrom } from './formulaValues.js';
import { ofNumber, strictFunction } from './strictFunction.js';

const mostArguments = 255;

export const numberFunctions: Readonly<Record<string, FormulaFunction>> = {
  ABS: ofNumber((value) => Math.abs(value)),
  // Away from zero, and towards zero: MCEILING and MFLOOR round up and down.
  CEILING: ofNumber((value) => (value < 0 ? Math.floor(value) : Math.ceil(value))),
  FLOOR: ofNumber((value) => Math.trunc(value) + 0),
  MCEILING: ofNumber((value) => Math.ceil(value) + 0),
  MFLOOR: ofNumber(Math.floor),
  ROUND: ofTwo(rounded),
  TRUNC: strictFunction([1, 2], 'Numeric', ([value = null, places = null], place) =>
    truncated(numberFrom(value, place), numberFrom(places, place), place),
  ),
  MOD: ofTwo(remainder),
  MAX: ofMany(Math.max),
  MIN: ofMany(Math.min),
  SQRT: ofNumber((value, place) =>
    value < 0
      ? place.fail(`has no value for a negative number: ${value}`)
      : decimalOf(inRange(value, place)).sqrt().toNumber(),
  ),
  EXP: ofNumber((value, place) => inRange(tidy(Math.exp(value)), place)),
  LN: ofNumber((value, place) => tidy(Math.log(positive(value, place)))),
  LOG: ofNumber((value, place) => tidy(Math.log10(positive(value, place)))),
  PI: strictFunction(0, 'Numeric', () => Math.PI),
  SIN: ofNumber(Math.sin),
  COS: ofNumber(Math.cos),
  TAN: ofNumber(Math.tan),
  ASIN: ofNumber((value, place) => Math.asin(sine(value, place))),
  ACOS: ofNumber((value, place) => Math.acos(sine(value, place))),
  ATAN: ofNumber(Math.atan),
  ATAN2: ofTwo((y, x) => Math.atan2(y, x)),
};

function ofTwo(apply: typeof remainder): FormulaFunction {
  return strictFunction(2, 'Numeric', ([first = null, second = null], place) =>
    apply(numberFrom(first, place), numberFrom(second, place), place),
  );
}

function ofMany(choose: (...values: number[]) => number): FormulaFunction {
  return strictFunction([1, mostArguments], 'Numeric', (given, place) =>
    choose(...given.map((each) => numberFrom(each, place))),
  );
}

/** Doubles are exact to 15 digits. */
function tidy(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(15)) : value;
}

function positive(value: number, place: FormulaPlace): number {
  return value > 0 ? value : place.fail(`needs a number greater than 0, not ${value}`);
}

function sine(value: number, place: FormulaPlace): number {
  return Math.abs(value) <= 1 ? value : place.fail(`needs a number from -1 to 1, not ${value}`);
}
