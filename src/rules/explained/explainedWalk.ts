import type { ExplainedAction, ExplainedCondition, ExplainedProcess, ExplainedStep } from './explainedShapes.js';

/** The first condition that is not met. Of a group of which one condition is met, the others do not count. */
export function firstUnmet(steps: readonly ExplainedStep[]): ExplainedCondition | undefined {
  for (const step of steps) {
    if (step.kind === 'action') {
      const inOther = step.process && firstUnmet(stepsOf(step.process));
      if (inOther) return inOther;
      continue;
    }
    const conditions = step.kind === 'group' ? step.conditions : [step];
    const met = conditions.find(({ isMet }) => isMet);
    const found = met ? firstUnmet(met.steps) : conditions[0];
    if (found) return found;
  }
  return undefined;
}

/** Every action that ran, in order. */
export function explainedActions(steps: readonly ExplainedStep[]): ExplainedAction[] {
  return steps.flatMap((step) => {
    if (step.kind === 'action') return [step];
    return step.kind === 'condition'
      ? explainedActions(step.steps)
      : step.conditions.flatMap(({ steps: all }) => explainedActions(all));
  });
}

/** The first failure. */
export function failureIn(steps: readonly ExplainedStep[]): string | undefined {
  for (const step of steps) {
    if (step.kind !== 'group' && step.failure !== null) return step.failure;
    const inner = step.kind === 'action' ? [] : step.kind === 'condition' ? step.steps : step.conditions;
    const found = failureIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function stepsOf({ barredBy, rules }: ExplainedProcess): ExplainedStep[] {
  return [...(barredBy ? [barredBy] : []), ...rules].flatMap(({ steps }) => steps);
}
