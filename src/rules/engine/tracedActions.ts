import type { ActionTrace, StepTrace } from './ruleTrace.js';

/** All actions among steps, at any depth. What another process did is not among them. */
export function actionsIn(steps: readonly StepTrace[]): ActionTrace[] {
  return steps.flatMap((step) => {
    if (step.kind === 'action') return [step];
    return actionsIn(step.kind === 'condition' ? step.children : step.conditions);
  });
}
