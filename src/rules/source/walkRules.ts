import type { Formula } from '../formula.js';
import type { ActionStep, ConditionStep, ProcessStep, Rule, RulePlace, RuleProcess } from '../programRules.js';

/** Yields the rules of a process in the order in which they run. */
export function allRulesOf({ eligibility, rules }: RuleProcess): readonly Rule[] {
  return [...eligibility, ...rules];
}

/** Yields steps and all steps below them, depth first. */
export function* allSteps(steps: readonly ProcessStep[]): Generator<ProcessStep> {
  for (const step of steps) {
    yield step;
    if (step.kind !== 'action') yield* allSteps(childrenOf(step));
  }
}

export function childrenOf(step: ProcessStep): readonly ProcessStep[] {
  if (step.kind === 'action') return [];
  return step.kind === 'condition' ? step.children : step.conditions;
}

export function processActions(process: RuleProcess): ActionStep[] {
  return stepsOf(process).filter((step) => step.kind === 'action');
}

export function processConditions(process: RuleProcess): ConditionStep[] {
  return stepsOf(process).filter((step) => step.kind === 'condition');
}

function stepsOf(process: RuleProcess): ProcessStep[] {
  return allRulesOf(process).flatMap(({ steps }) => [...allSteps(steps)]);
}

/** What a process refers to without braces, and where: parameters, their fields, and paths from the journal. */
export interface PlacedReference {
  readonly reference: string;
  readonly place: RulePlace;
}

/** Yields all references of a process, once for each place that has them. */
export function* referencesOf(process: RuleProcess): Generator<PlacedReference> {
  for (const parameter of process.parameters.values())
    if (parameter.kind === 'Formula') yield* placed(parameter.formula, parameter.place);
  for (const { criteria } of processConditions(process))
    for (const { field, value, place } of criteria) {
      yield { reference: field, place };
      if (value) yield* placed(value, place);
    }
  for (const { inputs } of processActions(process)) for (const { value, place } of inputs) yield* placed(value, place);
}

function* placed({ references }: Formula, place: RulePlace): Generator<PlacedReference> {
  for (const reference of references) yield { reference, place };
}
