/** How values are compared. A blank is equal to a blank, 0, false and an empty text. */
import type { RuleValue } from '../ruleValue.js';
import type { FormulaPlace } from './formulaPlace.js';
import { described, isBlank, isDate, isDateTime } from './formulaValues.js';

/** @throws {FormulaError} if values of different types are compared */
export function areEqual(left: RuleValue, right: RuleValue, place: FormulaPlace): boolean {
  if (isBlank(left)) return isBlank(right) || isNothing(right, place);
  if (isBlank(right)) return isNothing(left, place);
  if (typeof left === 'boolean' && typeof right === 'boolean') return left === right;
  return order(left, right, place) === 0;
}

/**
 * Returns a negative number if the left value is less, a positive one if it is greater, and undefined if one of them is
 * a blank date.
 * @throws {FormulaError} if values of different types are compared
 */
export function orderOfValues(left: RuleValue, right: RuleValue, place: FormulaPlace): number | undefined {
  if (!isBlank(left) && !isBlank(right)) return order(left, right, place);
  const given = isBlank(left) ? right : left;
  if (isDate(given) || isDateTime(given)) return undefined;
  const none = typeof given === 'string' && given !== '' ? '' : 0;
  return order(isBlank(left) ? none : left, isBlank(right) ? none : right, place);
}

/** Whether a value is what a blank counts as. */
function isNothing(value: Exclude<RuleValue, null>, place: FormulaPlace): boolean {
  if (typeof value === 'object' && value.is === 'Record') place.fail(`cannot compare ${described(value)}`);
  return value === 0 || value === false;
}

function order(left: Exclude<RuleValue, null>, right: Exclude<RuleValue, null>, place: FormulaPlace): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [first, second] = [comparable(left, right), comparable(right, left)];
  if (first === undefined || second === undefined)
    return place.fail(`cannot compare ${described(left)} with ${described(right)}`);
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

/** Texts whose order is that of the values. Undefined if the other value has another type. */
function comparable(value: Exclude<RuleValue, null>, other: Exclude<RuleValue, null>): string | undefined {
  if (typeof value === 'string') return typeof other === 'string' ? value : undefined;
  if (isDate(value)) return isDate(other) ? value.day : undefined;
  return isDateTime(value) && isDateTime(other) ? value.moment : undefined;
}
