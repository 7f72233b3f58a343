import type { CriterionOperator } from '../programRules.js';
import type { RuleValue } from '../ruleValue.js';
import { textOf } from './castValue.js';

/** What the platform says about blanks and case in criteria of rules is not published: see `docs/rules.md`. */
type Comparison = (left: RuleValue, right: RuleValue) => boolean;

const ordered =
  (test: (order: number) => boolean): Comparison =>
  (left, right) => {
    const order = orderOf(left, right);
    return order !== undefined && test(order);
  };

const text =
  (test: (left: string, right: string) => boolean): Comparison =>
  (left, right) => {
    const [a, b] = [textOf(left).toLowerCase(), textOf(right).toLowerCase()];
    return a !== '' && b !== '' && test(a, b);
  };

const comparisons: Readonly<Record<CriterionOperator, Comparison>> = {
  Equals: isEqual,
  NotEquals: (left, right) => !isEqual(left, right),
  LessThan: ordered((order) => order < 0),
  LessThanOrEquals: ordered((order) => order <= 0),
  GreaterThan: ordered((order) => order > 0),
  GreaterThanOrEquals: ordered((order) => order >= 0),
  Contains: text((left, right) => left.includes(right)),
  DoesNotContain: (left, right) => !comparisons.Contains(left, right),
  StartsWith: text((left, right) => left.startsWith(right)),
  EndsWith: text((left, right) => left.endsWith(right)),
  IsNull: isBlank,
  IsNotNull: (left) => !isBlank(left),
};

/**
 * Compares two values as a criterion does. Texts are compared without case. A blank equals nothing but a blank, and has
 * no order. A text is read as a number, flag or date where the other value is one.
 */
export function compareValues(left: RuleValue, operator: CriterionOperator, right: RuleValue): boolean {
  return comparisons[operator](left, right);
}

function isBlank(value: RuleValue): boolean {
  return value === null || value === '';
}

function isEqual(left: RuleValue, right: RuleValue): boolean {
  if (isBlank(left) || isBlank(right)) return isBlank(left) && isBlank(right);
  if (typeof left === 'boolean' || typeof right === 'boolean') return sameText(left, right);
  return orderOf(left, right) === 0;
}

function sameText(left: RuleValue, right: RuleValue): boolean {
  return textOf(left).toLowerCase() === textOf(right).toLowerCase();
}

/** Returns a negative number, 0 or a positive number. Undefined if the values have no order. */
function orderOf(left: RuleValue, right: RuleValue): number | undefined {
  if (isBlank(left) || isBlank(right)) return undefined;
  if (typeof left === 'number' || typeof right === 'number') {
    const difference = Number(textOf(left)) - Number(textOf(right));
    return Number.isNaN(difference) ? undefined : difference;
  }
  const [a, b] = [timeOf(left), timeOf(right)];
  if (a !== undefined || b !== undefined) return a === undefined || b === undefined ? undefined : a - b;
  const [one, other] = [textOf(left).toLowerCase(), textOf(right).toLowerCase()];
  return one < other ? -1 : one > other ? 1 : 0;

  /** A text counts as a time only beside a date. */
  function timeOf(value: RuleValue): number | undefined {
    if (typeof value === 'object' && value !== null && value.is !== 'Record') return Date.parse(textOf(value));
    const other = value === left ? right : left;
    const isBesideTime = typeof other === 'object' && other !== null && other.is !== 'Record';
    const time = isBesideTime ? Date.parse(textOf(value)) : NaN;
    return Number.isNaN(time) ? undefined : time;
  }
}
