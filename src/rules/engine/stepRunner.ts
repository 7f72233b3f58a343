import type { ActionStep, ConditionStep, GroupStep, ProcessStep, Rule } from '../programRules.js';
import type { RuleValue } from '../ruleValue.js';
import { evaluateCriteria } from './evaluateCriteria.js';
import type { ProcessScope } from './processScope.js';
import type { ActionTrace, ConditionTrace, GroupTrace, StepTrace } from './ruleTrace.js';
import { RuleFailure } from './ruleFailure.js';

/** A journal in a rule: its values, and the list that gets the traces of the steps. */
export interface RuleRun {
  readonly scope: ProcessScope;
  readonly steps: StepTrace[];
}

/** What an action did: values for outputs by name, and what a reader is told. */
export interface Performed extends Pick<ActionTrace, 'change' | 'note' | 'process' | 'result'> {
  readonly outputs?: ReadonlyMap<string, RuleValue> | undefined;
}

/** Carries out one action for one journal. */
export type Perform = (step: ActionStep, inputs: ReadonlyMap<string, RuleValue>, at: ActionPlace) => Performed;

export interface ActionPlace {
  readonly rule: Rule;
  readonly scope: ProcessScope;
}

/**
 * Runs the steps of a rule **action by action**: each step for all journals of a request, before the next one (Help
 * article 005321493). So two journals of a member in one request can have another result than in two requests.
 */
export class StepRunner {
  readonly #rule: Rule;
  readonly #perform: Perform;

  constructor(rule: Rule, perform: Perform) {
    this.#rule = rule;
    this.#perform = perform;
  }

  /** @throws {RuleFailure} after the step that failed is in its trace */
  run(steps: readonly ProcessStep[], runs: readonly RuleRun[]): void {
    if (runs.length === 0) return;
    for (const step of steps) {
      if (step.kind === 'action') for (const run of runs) this.#act(step, run);
      else if (step.kind === 'condition') this.#runMet(step, runs);
      else this.#runFirstMet(step, runs);
    }
  }

  #act(step: ActionStep, { scope, steps }: RuleRun): void {
    const inputs = new Map<string, RuleValue>();
    const assigned = new Map<string, RuleValue>();
    const trace = { kind: 'action', step, inputs, assigned } as const;
    try {
      if (step.type === 'AssignParameterValues') assignAll(step, scope, assigned);
      else {
        for (const { name, value } of step.inputs) inputs.set(name, scope.evaluate(value));
        const { outputs, ...done } = this.#perform(step, inputs, { rule: this.#rule, scope });
        for (const { name, variable } of step.outputs)
          assigned.set(variable, scope.assign(variable, outputs?.get(name.toLowerCase()) ?? null));
        steps.push({ ...trace, ...done });
        return;
      }
      steps.push(trace);
    } catch (error) {
      throw failed(error, ({ message, process }) => steps.push({ ...trace, process, failure: message }));
    }
  }

  #runMet(step: ConditionStep, runs: readonly RuleRun[]): void {
    this.run(
      step.children,
      runs.flatMap((run) => this.#judge(step, run, run.steps) ?? []),
    );
  }

  /** The journals that meet a condition leave the group with it. */
  #runFirstMet(step: GroupStep, runs: readonly RuleRun[]): void {
    const groups = runs.map((run) => {
      const conditions: ConditionTrace[] = [];
      run.steps.push({ kind: 'group', step, conditions } satisfies GroupTrace);
      return { run, conditions };
    });
    let left = groups;
    for (const condition of step.conditions) {
      const judged = left.map((each) => ({ each, inner: this.#judge(condition, each.run, each.conditions) }));
      this.run(
        condition.children,
        judged.flatMap(({ inner }) => inner ?? []),
      );
      left = judged.flatMap(({ each, inner }) => (inner ? [] : each));
    }
  }

  /** Adds the trace of a condition. Returns the run of its children if it is met. */
  #judge(step: ConditionStep, { scope }: RuleRun, traces: (StepTrace | ConditionTrace)[]): RuleRun | undefined {
    const children: StepTrace[] = [];
    try {
      const { isMet, criteria } = evaluateCriteria(step, scope);
      traces.push({ kind: 'condition', step, isMet, criteria, children });
      return isMet ? { scope, steps: children } : undefined;
    } catch (error) {
      const none = { kind: 'condition', step, isMet: false, criteria: [], children } as const;
      throw failed(error, ({ message }) => traces.push({ ...none, failure: message }));
    }
  }
}

/** Each variable has its value before the next one is evaluated. */
function assignAll(step: ActionStep, scope: ProcessScope, assigned: Map<string, RuleValue>): void {
  for (const { name, value } of step.inputs) assigned.set(name, scope.assign(name, scope.evaluate(value)));
}

function failed(error: unknown, note: (failure: RuleFailure) => void): unknown {
  if (error instanceof RuleFailure) note(error);
  return error;
}
