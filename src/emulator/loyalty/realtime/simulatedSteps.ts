import type { z } from 'zod';
import type { SimulatedStep } from '../../../contract/endpoints/simulationShapes.js';
import type { TracedRule, TracedStep } from '../engine/traceRules.js';
import type { RuleCondition } from '../rules/processRule.js';
import { actionTypeOf } from './simulatedActions.js';

type Step = z.infer<typeof SimulatedStep>;

/** Failed if a step failed, else Success if one gave something. */
export function statusOf(steps: readonly TracedStep[]): 'Success' | 'CriteriaNotMet' | 'Failed' {
  if (steps.some(({ error }) => error !== undefined)) return 'Failed';
  return steps.some(hasRun) ? 'Success' : 'CriteriaNotMet';
}

/** The steps of a rule. If it has conditions, they are one step, and the actions are its children. */
export function ruleSteps(traced: TracedRule): Step[] {
  const { rule, steps } = traced;
  const actions = steps.map(actionStep);
  return rule.conditions.length === 0 ? actions : [conditionStep(traced, actions)];
}

/** A step gives points of zero for an amount of zero: it ran, and changed nothing. */
function hasRun({ reward, change }: TracedStep): boolean {
  return change !== undefined || reward?.kind === 'points';
}

function actionStep(traced: TracedStep, index: number): Step {
  const { step, reward, change, error } = traced;
  const isOutside = reward?.kind === 'usage' && change === undefined && error === undefined;
  return {
    stepName: step.name,
    stepType: 'Action',
    sequenceNumber: index + 1,
    status: statusOf([traced]),
    errorMessage: error ?? (isOutside ? 'The member does not take part in the promotion.' : null),
    actionType: actionTypeOf(traced),
    actionParameters: step.parameters.map(([name, value], at) => ({
      name,
      operator: 'Equals',
      sequenceNumber: at + 1,
      value,
    })),
    decisionTableName: null,
    flowDefinitionName: null,
  };
}

function conditionStep({ rule, journal }: TracedRule, childSteps: readonly Step[]): Step {
  const filterCriteria = rule.conditions.map((condition, index) => criterion(condition, journal, index + 1));
  const isConditionMet = filterCriteria.every(({ filterCriteriaResult }) => filterCriteriaResult);
  return {
    stepName: `Conditions of ${rule.name}`,
    stepType: 'Condition',
    sequenceNumber: 1,
    status: isConditionMet ? 'Success' : 'CriteriaNotMet',
    errorMessage: null,
    filterCondition: filterCriteria.map(({ sequence }) => sequence).join(' AND '),
    isConditionMet,
    filterCriteria,
    childSteps: [...childSteps],
  };
}

function criterion({ field, operator, value, isMet }: RuleCondition, journal: TracedRule['journal'], sequence: number) {
  return {
    filterCriteriaResult: isMet(journal),
    operator,
    sequence,
    sourceFieldName: field,
    value,
    valueType: 'FixedValue',
  };
}
