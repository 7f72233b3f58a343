import type { DataType } from '../programRules.js';
import type { RuleValue } from '../ruleValue.js';
import type { FormulaFunction, FormulaScope } from './formulaPart.js';
import type { FormulaPlace } from './formulaPlace.js';
import { numberFrom, textFrom } from './formulaValues.js';

/** A function all of whose arguments are evaluated before it. */
export function strictFunction(
  counts: number | readonly [least: number, most: number],
  type: DataType,
  apply: (given: readonly RuleValue[], place: FormulaPlace, scope: FormulaScope) => RuleValue,
): FormulaFunction {
  const [least, most] = typeof counts === 'number' ? [counts, counts] : counts;
  return {
    ...{ least, most, type },
    bind: (given, place) => (scope) =>
      apply(
        given.map((each) => each.evaluate(scope)),
        place,
        scope,
      ),
  };
}

/** A function of one number. */
export function ofNumber(apply: (value: number, place: FormulaPlace) => RuleValue): FormulaFunction {
  return {
    ...{ least: 1, most: 1, type: 'Numeric' },
    bind:
      ([given], place) =>
      (scope) =>
        apply(numberFrom(given?.evaluate(scope) ?? null, place), place),
  };
}

/** A function of one text. */
export function ofText(type: DataType, apply: (text: string, place: FormulaPlace) => RuleValue): FormulaFunction {
  return {
    ...{ least: 1, most: 1, type },
    bind:
      ([given], place) =>
      (scope) =>
        apply(textFrom(given?.evaluate(scope) ?? null, place), place),
  };
}
