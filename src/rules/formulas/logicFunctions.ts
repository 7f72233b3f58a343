/**
 * Functions that decide. Only the arguments that are needed are evaluated. Source: Salesforce Help, "Formula Operators
 * and Functions".
 */
import type { DataType } from '../programRules.js';
import type { RuleValue } from '../ruleValue.js';
import { areEqual } from './formulaComparison.js';
import type { FormulaFunction, FormulaPart, FormulaScope } from './formulaPart.js';
import type { FormulaPlace } from './formulaPlace.js';
import { booleanFrom, isBlank } from './formulaValues.js';

export const logicFunctions: Readonly<Record<string, FormulaFunction>> = {
  AND: {
    ...{ least: 1, most: Infinity, type: 'Boolean' },
    bind: (given, place) => (scope) => given.every((each) => booleanFrom(each.evaluate(scope), place)),
  },
  OR: {
    ...{ least: 1, most: Infinity, type: 'Boolean' },
    bind: (given, place) => (scope) => given.some((each) => booleanFrom(each.evaluate(scope), place)),
  },
  NOT: {
    ...{ least: 1, most: 1, type: 'Boolean' },
    bind:
      ([given], place) =>
      (scope) =>
        !booleanFrom(valueOf(given, scope), place),
  },
  IF: {
    ...{ least: 3, most: 3 },
    typeOf: ([, yes, no]) => sharedType([yes, no]),
    bind:
      ([test, yes, no], place) =>
      (scope) =>
        valueOf(booleanFrom(valueOf(test, scope), place) ? yes : no, scope),
  },
  CASE: {
    ...{ least: 4, most: Infinity },
    refuse: (count) =>
      count % 2 === 0
        ? undefined
        : `needs a value, pairs of a case and a result, and a result for all others, not ${count} arguments`,
    typeOf: ([, ...cases]) => sharedType(cases.filter((_, at) => at % 2 === 1 || at === cases.length - 1)),
    bind: bindCase,
  },
  BLANKVALUE: {
    ...{ least: 2, most: 2 },
    typeOf: sharedType,
    bind: bindSubstitute(isBlank),
  },
  ISBLANK: {
    ...{ least: 1, most: 1, type: 'Boolean' },
    bind:
      ([given]) =>
      (scope) =>
        isBlank(valueOf(given, scope)),
  },
  // A text is never null for these two; the platform's advice is to use ISBLANK and BLANKVALUE.
  ISNULL: {
    ...{ least: 1, most: 1, type: 'Boolean' },
    bind: ([given]) => (given?.type === 'Text' ? () => false : (scope) => valueOf(given, scope) === null),
  },
  NULLVALUE: {
    ...{ least: 2, most: 2 },
    typeOf: sharedType,
    bind: (given, place) =>
      given[0]?.type === 'Text'
        ? (scope) => valueOf(given[0], scope)
        : bindSubstitute((value) => value === null)(given, place),
  },
};

function bindSubstitute(isMissing: (value: RuleValue) => boolean): FormulaFunction['bind'] {
  return ([given, instead]) =>
    (scope) => {
      const value = valueOf(given, scope);
      return isMissing(value) ? valueOf(instead, scope) : value;
    };
}

function bindCase([given, ...cases]: readonly FormulaPart[], place: FormulaPlace): FormulaPart['evaluate'] {
  const last = cases.length - 1;
  return (scope) => {
    const value = valueOf(given, scope);
    for (let at = 0; at < last; at += 2) {
      const each = cases[at];
      const isMet = each?.isNull ? isBlank(value) : areEqual(value, valueOf(each, scope), place);
      if (isMet) return valueOf(cases[at + 1], scope);
    }
    return valueOf(cases[last], scope);
  };
}

function valueOf(part: FormulaPart | undefined, scope: FormulaScope): RuleValue {
  return part?.evaluate(scope) ?? null;
}

/** The type that all have, apart from the word NULL, which has none. */
function sharedType(parts: readonly (FormulaPart | undefined)[]): DataType | undefined {
  const types = new Set(parts.filter((each) => each?.isNull === false).map((each) => each?.type));
  return types.size === 1 ? [...types][0] : undefined;
}
