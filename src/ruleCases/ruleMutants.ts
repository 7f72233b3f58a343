import { allSteps } from '../rules/index.js';
import type { ConditionStep, Criterion, CriterionOperator, ProcessStep, ProgramRules, Rule } from '../rules/index.js';
import { testableProcesses } from './testableProcesses.js';

/** Rules that are as before but for one comparison. */
export interface RuleMutant {
  readonly process: string;
  readonly rule: string;
  readonly condition: string;
  /** Of the criterion, in its condition. */
  readonly sequence: number;
  readonly field: string;
  readonly operator: CriterionOperator;
  /** What the operator becomes. */
  readonly mutated: CriterionOperator;
  readonly file: string;
  readonly line: number;
  readonly rules: ProgramRules;
}

/** The opposite of an operator. That of two has no name, so that they get what comes nearest to it. */
const opposites: Readonly<Record<CriterionOperator, CriterionOperator>> = {
  Equals: 'NotEquals',
  NotEquals: 'Equals',
  LessThan: 'GreaterThanOrEquals',
  GreaterThanOrEquals: 'LessThan',
  GreaterThan: 'LessThanOrEquals',
  LessThanOrEquals: 'GreaterThan',
  Contains: 'DoesNotContain',
  DoesNotContain: 'Contains',
  StartsWith: 'DoesNotContain',
  EndsWith: 'DoesNotContain',
  IsNull: 'IsNotNull',
  IsNotNull: 'IsNull',
};

/** The same comparison with its limit on the other side. */
const shifts: Partial<Readonly<Record<CriterionOperator, CriterionOperator>>> = {
  LessThan: 'LessThanOrEquals',
  LessThanOrEquals: 'LessThan',
  GreaterThan: 'GreaterThanOrEquals',
  GreaterThanOrEquals: 'GreaterThan',
};

/** Makes the mutants of all conditions that can run: each criterion negated, and each limit shifted. */
export function ruleMutants(rules: ProgramRules): RuleMutant[] {
  return testableProcesses(rules).flatMap((process) =>
    [...process.eligibility, ...process.rules].flatMap((rule) =>
      rule.status !== 'Active' && rule.promotion === undefined
        ? []
        : conditionsIn(rule.steps).flatMap((condition) =>
            mutantsOf(rules, { process: process.name, rule: rule.name }, condition),
          ),
    ),
  );
}

function conditionsIn(steps: readonly ProcessStep[]): ConditionStep[] {
  return [...allSteps(steps)].filter((step) => step.kind === 'condition');
}

function mutantsOf(
  rules: ProgramRules,
  at: Pick<RuleMutant, 'process' | 'rule'>,
  { name: condition, criteria }: ConditionStep,
): RuleMutant[] {
  return criteria.flatMap((criterion) => {
    const { sequence, field, operator, place } = criterion;
    return [opposites[operator], shifts[operator]].flatMap((mutated) => {
      if (mutated === undefined) return [];
      const mutant = { ...at, condition, sequence, field, operator, mutated, ...place };
      return [{ ...mutant, rules: withCriterion(rules, criterion, { ...criterion, operator: mutated }) }];
    });
  });
}

function withCriterion(rules: ProgramRules, old: Criterion, criterion: Criterion): ProgramRules {
  const inCondition = (step: ConditionStep): ConditionStep => ({
    ...step,
    criteria: step.criteria.map((each) => (each === old ? criterion : each)),
    children: step.children.map(inStep),
  });
  const inStep = (step: ProcessStep): ProcessStep => {
    if (step.kind === 'action') return step;
    return step.kind === 'condition' ? inCondition(step) : { ...step, conditions: step.conditions.map(inCondition) };
  };
  const inRule = (rule: Rule): Rule => ({ ...rule, steps: rule.steps.map(inStep) });
  const processes = rules.processes.map((process) => ({
    ...process,
    eligibility: process.eligibility.map(inRule),
    rules: process.rules.map(inRule),
  }));
  return { ...rules, processes };
}
