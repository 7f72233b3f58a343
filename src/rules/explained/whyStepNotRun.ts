import type { ProcessStep } from '../programRules.js';
import type { ExplainedAction, ExplainedCondition, ExplainedStep } from './explainedShapes.js';
import type { StepPath } from './promotionSteps.js';

/** What became of an action: it was not reached, or it ran. */
export type StepAnswer =
  | { readonly code: 'conditionNotMet' | 'otherConditionMet'; readonly condition: ExplainedCondition }
  | { readonly code: 'ran'; readonly action: ExplainedAction };

/** Goes down to an action. Undefined if a failure came before it. */
export function whyStepNotRun(steps: readonly ExplainedStep[], [next, ...rest]: StepPath): StepAnswer | undefined {
  const found = steps.find(({ kind, step }) => kind === next?.kind && step === next.name);
  switch (found?.kind) {
    case undefined:
      return undefined;
    case 'action':
      return { code: 'ran', action: found };
    case 'condition':
      return inCondition(found, rest);
    case 'group':
      return inGroup(found.conditions, rest);
  }
}

function inCondition(condition: ExplainedCondition, rest: StepPath): StepAnswer | undefined {
  return condition.isMet ? whyStepNotRun(condition.steps, rest) : { code: 'conditionNotMet', condition };
}

/** Conditions after one that is met were not looked at. */
function inGroup(
  conditions: readonly ExplainedCondition[],
  [next, ...rest]: readonly ProcessStep[],
): StepAnswer | undefined {
  const found = conditions.find(({ step }) => step === next?.name);
  if (found) return inCondition(found, rest);
  const met = conditions.find(({ isMet }) => isMet);
  return met && { code: 'otherConditionMet', condition: met };
}
