import { logicText } from '../logicText.js';
import { textOf } from '../engine/castValue.js';
import type {
  ActionTrace,
  ConditionTrace,
  CriterionTrace,
  ProcessTrace,
  RuleTrace,
  StepTrace,
} from '../engine/ruleTrace.js';
import type { RuleValue } from '../ruleValue.js';
import type {
  ExplainedAction,
  ExplainedCondition,
  ExplainedCriterion,
  ExplainedProcess,
  ExplainedRule,
  ExplainedStep,
  ExplainedValue,
} from './explainedShapes.js';

/** Returns what a trace says as plain JSON. */
export function explainProcess({ process, barred, rules }: ProcessTrace): ExplainedProcess {
  return {
    process: process?.name ?? null,
    barredBy: barred ? explainRule(barred) : null,
    rules: rules.map(explainRule),
  };
}

function explainRule({ rule, skipped, steps }: RuleTrace): ExplainedRule {
  return {
    rule: rule.name,
    promotion: rule.promotion ?? null,
    skipped: skipped ?? null,
    steps: steps.map(explainStep),
  };
}

function explainStep(trace: StepTrace): ExplainedStep {
  switch (trace.kind) {
    case 'action':
      return explainAction(trace);
    case 'condition':
      return explainCondition(trace);
    case 'group':
      return { kind: 'group', step: trace.step.name, conditions: trace.conditions.map(explainCondition) };
  }
}

function explainAction(trace: ActionTrace): ExplainedAction {
  const { step, inputs, assigned, change, note, process, failure } = trace;
  return {
    ...{ kind: 'action', step: step.name, type: step.type, target: step.target ?? null },
    inputs: plainValues(inputs),
    assigned: plainValues(assigned),
    change: change ?? null,
    result: explainResult(trace),
    note: note ?? null,
    failure: failure ?? null,
    process: process ? explainProcess(process) : null,
  };
}

function explainResult({ result }: ActionTrace): ExplainedAction['result'] {
  switch (result?.is) {
    case undefined:
      return null;
    case 'points': {
      const { is, currency, points, escrow } = result;
      return { is, currency, points, escrow };
    }
    case 'usage': {
      const { is, promotion, completed } = result;
      return { is, promotion, completed };
    }
    case 'badge': {
      const { is, id, badge, endDate } = result;
      return { is, id, badge, endDate };
    }
    case 'voucher': {
      const { is, definition, code, faceValue, discountPercent, expirationDate } = result;
      return { is, definition, code, faceValue, discountPercent, expirationDate };
    }
  }
}

/** @internal */
export function explainCondition({ step, isMet, criteria, children, failure }: ConditionTrace): ExplainedCondition {
  return {
    ...{ kind: 'condition', step: step.name, isMet, logic: logicText(step.logic) },
    criteria: criteria.map(explainCriterion),
    failure: failure ?? null,
    steps: children.map(explainStep),
  };
}

function explainCriterion({ criterion, left, right, isMet }: CriterionTrace): ExplainedCriterion {
  const { sequence, field, operator, text } = criterion;
  return {
    ...{ number: sequence, field, operator, wanted: text ?? null, isMet },
    left: plainValue(left),
    right: plainValue(right),
  };
}

function plainValues(values: ReadonlyMap<string, RuleValue>): Record<string, ExplainedValue> {
  return Object.fromEntries([...values].map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value: RuleValue): ExplainedValue {
  if (typeof value !== 'object' || value === null) return value;
  return value.is === 'Record' ? plainValues(value.fields) : textOf(value);
}
