import type { z } from 'zod';
import type { SimulatedStep } from '../../../contract/endpoints/simulationShapes.js';
import { actionsIn, logicText } from '../../../rules/index.js';
import type { ActionTrace, ConditionTrace, CriterionTrace, StepTrace } from '../../../rules/index.js';

type Step = z.infer<typeof SimulatedStep>;

/** Failed if a step failed, else Success if an action ran. */
export function statusOfSteps(steps: readonly StepTrace[]): 'Success' | 'CriteriaNotMet' | 'Failed' {
  if (steps.some(hasFailed)) return 'Failed';
  return actionsIn(steps).length > 0 ? 'Success' : 'CriteriaNotMet';
}

export function loadedSteps(steps: readonly StepTrace[]): Step[] {
  return steps.map((step, index) => loadedStep(step, index + 1));
}

function loadedStep(trace: StepTrace, sequenceNumber: number): Step {
  const head = { stepName: trace.step.name, sequenceNumber };
  switch (trace.kind) {
    case 'action':
      return { ...head, ...actionStep(trace) };
    case 'condition':
      return { ...head, ...conditionStep(trace) };
    case 'group':
      return {
        ...head,
        stepType: 'ConditionGroup',
        status: statusOfSteps(trace.conditions),
        errorMessage: null,
        childSteps: loadedSteps(trace.conditions),
      };
  }
}

function actionStep({ step, failure }: ActionTrace): Step {
  const { type, target } = step;
  return {
    stepType: 'Action',
    status: failure === undefined ? 'Success' : 'Failed',
    errorMessage: failure ?? null,
    actionType: type,
    actionParameters: step.inputs.map(({ name, value }, index) => ({
      name,
      operator: 'Equals',
      sequenceNumber: index + 1,
      value: value.text,
    })),
    decisionTableName: type === 'GetOutputsFromDecisionTable' ? (target ?? null) : null,
    flowDefinitionName: type === 'RunFlow' ? (target ?? null) : null,
  };
}

function conditionStep(trace: ConditionTrace): Step {
  const { isMet, criteria, children, failure, step } = trace;
  return {
    stepType: 'Condition',
    status: failure !== undefined || children.some(hasFailed) ? 'Failed' : isMet ? 'Success' : 'CriteriaNotMet',
    errorMessage: failure ?? null,
    filterCondition: logicText(step.logic),
    isConditionMet: isMet,
    filterCriteria: criteria.map(criterion),
    childSteps: loadedSteps(children),
  };
}

function criterion({ criterion: { operator, sequence, field, text, valueType }, isMet }: CriterionTrace) {
  return {
    filterCriteriaResult: isMet,
    operator,
    sequence,
    sourceFieldName: field,
    value: text ?? null,
    valueType: valueType === 'Literal' ? 'FixedValue' : (valueType ?? null),
  };
}

function hasFailed(step: StepTrace): boolean {
  if (step.kind !== 'group' && step.failure !== undefined) return true;
  if (step.kind === 'action') return false;
  return (step.kind === 'condition' ? step.children : step.conditions).some(hasFailed);
}
