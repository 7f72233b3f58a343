import { actionsIn, readsOnly } from '../rules/index.js';
import type { ActionTrace, ConditionTrace, ProcessStep, ProcessTrace, RuleTrace, StepTrace } from '../rules/index.js';
import type { NotFiredCode } from './caseShapes.js';

/** Whether a rule or step did something, or why it did not. */
export type FiredAnswer =
  { readonly isFired: true } | { readonly isFired: false; readonly because: NotFiredCode; readonly condition?: string };

const fired: FiredAnswer = { isFired: true };

/** A rule, or one of its steps. */
export interface StepName {
  readonly rule: string;
  readonly step?: string | undefined;
}

/** Whether a rule did more than read for a journal, or whether one of its steps ran. */
export function hasFired(trace: ProcessTrace, wanted: StepName): FiredAnswer {
  const own = answerIn(trace, wanted);
  if (own.isFired) return own;
  const inner = processesIn(trace).map((other) => hasFired(other, wanted));
  return (
    inner.find(({ isFired }) => isFired) ?? inner.find((each) => !each.isFired && each.because !== 'notReached') ?? own
  );
}

/** The processes that actions of a process ran. */
export function processesIn({ rules }: ProcessTrace): ProcessTrace[] {
  return rules.flatMap(({ steps }) => actionsIn(steps).flatMap(({ process }) => process ?? []));
}

/** Whether an action ran and did more than read. */
export function isEffective({ step, failure }: ActionTrace): boolean {
  return failure === undefined && !readsOnly(step.type);
}

function answerIn({ process, barred, rules }: ProcessTrace, { rule, step }: StepName): FiredAnswer {
  if (!process) return { isFired: false, because: 'noProcess' };
  if (barred) return { isFired: false, because: 'notLetIn', ...unmet(barred.steps) };
  const trace = rules.find((each) => each.rule.name === rule);
  if (!trace) return { isFired: false, because: 'notReached' };
  if (trace.skipped) return { isFired: false, because: trace.skipped };
  return step === undefined ? ruleAnswer(trace) : stepAnswer(trace.rule.steps, trace.steps, step);
}

function ruleAnswer({ steps }: RuleTrace): FiredAnswer {
  if (actionsIn(steps).some(isEffective)) return fired;
  const condition = unmet(steps);
  return {
    isFired: false,
    because: condition.condition === undefined ? 'notReached' : 'conditionNotMet',
    ...condition,
  };
}

/** Goes down to a step: the first condition on the way that is not met is why it did not run. */
function stepAnswer(all: readonly ProcessStep[], traces: readonly StepTrace[], name: string): FiredAnswer {
  const on = all.find((each) => has(each, name));
  const trace = traces.find(({ step }) => step === on || step.name === on?.name);
  if (!on || !trace) return { isFired: false, because: 'notReached' };
  if (trace.kind === 'action') return trace.failure === undefined ? fired : { isFired: false, because: 'notReached' };
  if (trace.kind === 'condition') return conditionAnswer(trace, name);
  if (trace.step.name === name) return fired;
  const condition = trace.conditions.find(({ step }) => has(step, name));
  if (condition) return conditionAnswer(condition, name);
  const met = trace.conditions.find(({ isMet }) => isMet);
  return { isFired: false, because: 'otherConditionMet', ...(met && { condition: met.step.name }) };
}

function conditionAnswer({ step, isMet, children }: ConditionTrace, name: string): FiredAnswer {
  if (!isMet) return { isFired: false, because: 'conditionNotMet', condition: step.name };
  return step.name === name ? fired : stepAnswer(step.children, children, name);
}

function has(step: ProcessStep, name: string): boolean {
  if (step.name === name) return true;
  if (step.kind === 'action') return false;
  return (step.kind === 'condition' ? step.children : step.conditions).some((each) => has(each, name));
}

/** The first condition that is not met. */
function unmet(steps: readonly StepTrace[]): { readonly condition?: string } {
  for (const step of steps) {
    if (step.kind === 'action') continue;
    const conditions = step.kind === 'group' ? step.conditions : [step];
    const met = conditions.find(({ isMet }) => isMet);
    if (!met) return conditions[0] ? { condition: conditions[0].step.name } : {};
    const inner = unmet(met.children);
    if (inner.condition !== undefined) return inner;
  }
  return {};
}
