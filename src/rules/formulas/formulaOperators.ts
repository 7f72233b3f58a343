/** Operators with two operands. */
import type { RuleValue } from '../ruleValue.js';
import type { DataType } from '../programRules.js';
import { areEqual, orderOfValues } from './formulaComparison.js';
import { dayLength, dateAfterDays, momentAfterDays, timeOf } from './formulaDates.js';
import { difference, power, quotient, sum, times } from './formulaNumbers.js';
import type { FormulaPart } from './formulaPart.js';
import type { FormulaPlace } from './formulaPlace.js';
import type { TwoOperator } from './formulaTree.js';
import { booleanFrom, described, isBlank, isDate, isDateTime, numberFrom, textFrom } from './formulaValues.js';

type Bind = (left: FormulaPart, right: FormulaPart, place: FormulaPlace) => FormulaPart['evaluate'];

/** Returns how an operator is evaluated with its operands. */
export function bindOperator(
  operator: TwoOperator,
  left: FormulaPart,
  right: FormulaPart,
  place: FormulaPlace,
): FormulaPart['evaluate'] {
  return binds[operator](left, right, place);
}

/** Returns the type of the result, if it is known. */
export function typeOfOperator(operator: TwoOperator, left: FormulaPart, right: FormulaPart): DataType | undefined {
  if (operator === '&') return 'Text';
  if (operator === '*' || operator === '/' || operator === '^') return 'Numeric';
  if (operator !== '+' && operator !== '-') return 'Boolean';
  const types = [left.type, right.type];
  if (types.includes('Text')) return 'Text';
  if (types.includes(undefined)) return undefined;
  if (operator === '-' && types[0] === types[1]) return 'Numeric';
  return types.find((type) => type === 'Date' || type === 'DateTime') ?? 'Numeric';
}

const binds: Readonly<Record<TwoOperator, Bind>> = {
  '||': (left, right, place) => (scope) =>
    booleanFrom(left.evaluate(scope), place) || booleanFrom(right.evaluate(scope), place),
  '&&': (left, right, place) => (scope) =>
    booleanFrom(left.evaluate(scope), place) && booleanFrom(right.evaluate(scope), place),
  '=': (left, right, place) => equality(left, right, place, true),
  '<>': (left, right, place) => equality(left, right, place, false),
  '<': (left, right, place) => ordering(left, right, place, (order) => order < 0),
  '<=': (left, right, place) => ordering(left, right, place, (order) => order <= 0),
  '>': (left, right, place) => ordering(left, right, place, (order) => order > 0),
  '>=': (left, right, place) => ordering(left, right, place, (order) => order >= 0),
  '&': (left, right, place) => (scope) =>
    textFrom(left.evaluate(scope), place) + textFrom(right.evaluate(scope), place),
  '+': (left, right, place) => {
    const joins = left.type === 'Text' || right.type === 'Text';
    return (scope) => added(left.evaluate(scope), right.evaluate(scope), joins, place);
  },
  '-': (left, right, place) => (scope) => subtracted(left.evaluate(scope), right.evaluate(scope), place),
  '*': (left, right, place) => arithmetic(left, right, place, times),
  '/': (left, right, place) => arithmetic(left, right, place, quotient),
  '^': (left, right, place) => arithmetic(left, right, place, power),
};

function arithmetic(
  left: FormulaPart,
  right: FormulaPart,
  place: FormulaPlace,
  calculate: (left: number, right: number, place: FormulaPlace) => number,
): FormulaPart['evaluate'] {
  return (scope) => calculate(numberFrom(left.evaluate(scope), place), numberFrom(right.evaluate(scope), place), place);
}

/** The word NULL asks whether there is a value: 0 is one. */
function equality(
  left: FormulaPart,
  right: FormulaPart,
  place: FormulaPlace,
  wanted: boolean,
): FormulaPart['evaluate'] {
  if (left.isNull) return (scope) => isBlank(right.evaluate(scope)) === wanted;
  if (right.isNull) return (scope) => isBlank(left.evaluate(scope)) === wanted;
  return (scope) => areEqual(left.evaluate(scope), right.evaluate(scope), place) === wanted;
}

function ordering(
  left: FormulaPart,
  right: FormulaPart,
  place: FormulaPlace,
  isMet: (order: number) => boolean,
): FormulaPart['evaluate'] {
  return (scope) => {
    const order = orderOfValues(left.evaluate(scope), right.evaluate(scope), place);
    return order !== undefined && isMet(order);
  };
}

/** @param joins whether one of the operands is known to be a text, so that two blanks are no number */
function added(left: RuleValue, right: RuleValue, joins: boolean, place: FormulaPlace): RuleValue {
  if (typeof left === 'number' && typeof right === 'number') return sum(left, right, place);
  if (joins || (typeof left === 'string' && left !== '') || (typeof right === 'string' && right !== ''))
    return textFrom(left, place) + textFrom(right, place);
  if (isDate(left)) return dateAfterDays(left, numberFrom(right, place), place);
  if (isDate(right)) return dateAfterDays(right, numberFrom(left, place), place);
  if (isDateTime(left)) return momentAfterDays(left, numberFrom(right, place), place);
  if (isDateTime(right)) return momentAfterDays(right, numberFrom(left, place), place);
  return sum(numberFrom(left, place), numberFrom(right, place), place);
}

/** Days between two dates or times, or a date or time some days before. */
function subtracted(left: RuleValue, right: RuleValue, place: FormulaPlace): RuleValue {
  if (typeof left === 'number' && typeof right === 'number') return difference(left, right, place);
  if (isDate(left) && isDate(right)) return (timeOf(left) - timeOf(right)) / dayLength;
  if (isDateTime(left) && isDateTime(right)) return (Date.parse(left.moment) - Date.parse(right.moment)) / dayLength;
  if (isDate(left) && !isDateTime(right)) return dateAfterDays(left, -numberFrom(right, place), place);
  if (isDateTime(left) && !isDate(right)) return momentAfterDays(left, -numberFrom(right, place), place);
  if (isDate(right) || isDateTime(right)) {
    // Nothing says how long ago a blank date is.
    if (isBlank(left)) return null;
    return place.fail(`cannot take ${described(right)} from ${described(left)}`);
  }
  return difference(numberFrom(left, place), numberFrom(right, place), place);
}
