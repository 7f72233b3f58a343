import type { ConditionStep, CriteriaLogic, Criterion } from '../programRules.js';
import type { RuleValue } from '../ruleValue.js';
import { compareValues } from './compareValues.js';
import type { ProcessScope } from './processScope.js';
import type { CriterionTrace } from './ruleTrace.js';

/**
 * Evaluates all criteria of a condition, also those that no longer decide, because a reader wants to see them.
 * @throws {RuleFailure} if a value cannot be read
 */
export function evaluateCriteria(
  { criteria, logic }: ConditionStep,
  scope: ProcessScope,
): { readonly isMet: boolean; readonly criteria: readonly CriterionTrace[] } {
  const traces = criteria.map((criterion) => evaluateCriterion(criterion, scope));
  const met = new Map(traces.map(({ criterion, isMet }) => [criterion.sequence, isMet]));
  return { isMet: holds(logic, met), criteria: traces };
}

function evaluateCriterion(criterion: Criterion, scope: ProcessScope): CriterionTrace {
  const left = withDefault(scope.valueOf(criterion.field), criterion, scope);
  const right = criterion.value === undefined ? null : scope.evaluate(criterion.value);
  return { criterion, left, right, isMet: compareValues(left, criterion.operator, right) };
}

/** A number that nothing has set yet counts as 0 where numbers are compared, as in arithmetic. */
function withDefault(value: RuleValue, { field, operator }: Criterion, scope: ProcessScope): RuleValue {
  if (value !== null || !isOrdered(operator)) return value;
  return scope.declared(field)?.dataType === 'Numeric' ? 0 : value;
}

function isOrdered(operator: Criterion['operator']): boolean {
  return operator.startsWith('LessThan') || operator.startsWith('GreaterThan');
}

function holds(logic: CriteriaLogic, met: ReadonlyMap<number, boolean>): boolean {
  switch (logic.is) {
    case 'criterion':
      return met.get(logic.sequence) === true;
    case 'AND':
      return logic.parts.every((part) => holds(part, met));
    case 'OR':
      return logic.parts.some((part) => holds(part, met));
  }
}
