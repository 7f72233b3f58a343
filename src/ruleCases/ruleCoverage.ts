import type {
  ConditionTrace,
  ProcessStep,
  ProcessTrace,
  ProgramRules,
  Rule,
  RuleProcess,
  StepTrace,
} from '../rules/index.js';
import { testableProcesses } from './testableProcesses.js';

/** Something that no case has covered. */
export interface Uncovered {
  readonly process: string;
  readonly rule: string;
  /** Null for a rule that never ran. */
  readonly step: string | null;
  readonly what: 'rule' | 'action' | 'met' | 'notMet';
  readonly file: string;
  readonly line: number;
}

interface Share {
  readonly covered: number;
  readonly total: number;
}

/** How much of the active rules the cases have run: rules, actions, and each condition as met and as not met. */
export interface RuleCoverage {
  readonly rules: Share;
  readonly actions: Share;
  readonly conditions: Share;
  /** 0 to 100, rounded down to one decimal. */
  readonly percent: number;
  readonly uncovered: readonly Uncovered[];
}

/** @param traces what the rules did in all cases */
export function ruleCoverage(rules: ProgramRules, traces: readonly ProcessTrace[]): RuleCoverage {
  const seen = new Set<string>();
  for (const trace of traces) markProcess(trace, seen);
  const wanted = testableProcesses(rules).flatMap(wantedOf);
  const uncovered = wanted.filter((each) => !seen.has(keyOf(each)));
  const share = (...kinds: readonly Uncovered['what'][]): Share => {
    const of = (all: readonly Uncovered[]): number => all.filter(({ what }) => kinds.includes(what)).length;
    return { covered: of(wanted) - of(uncovered), total: of(wanted) };
  };
  const covered = wanted.length - uncovered.length;
  return {
    rules: share('rule'),
    actions: share('action'),
    conditions: share('met', 'notMet'),
    percent: wanted.length === 0 ? 100 : Math.floor((covered / wanted.length) * 1000) / 10,
    uncovered,
  };
}

function keyOf({ process, rule, step, what }: Pick<Uncovered, 'process' | 'rule' | 'step' | 'what'>): string {
  return JSON.stringify([process, rule, step, what]);
}

/** Everything that can be covered. Of an eligibility rule, only conditions at the top can be seen when they are met. */
function wantedOf(process: RuleProcess): Uncovered[] {
  const isActive = ({ status, promotion }: Rule): boolean => status === 'Active' || promotion !== undefined;
  const of = (rule: Rule, steps: readonly ProcessStep[]): Uncovered[] => {
    const at = { process: process.name, rule: rule.name };
    return [{ ...at, step: null, what: 'rule', ...rule.place }, ...wantedSteps(at, steps)];
  };
  return [
    ...process.eligibility.filter(isActive).flatMap((rule) =>
      of(
        rule,
        rule.steps.flatMap((step) => (step.kind === 'condition' ? [{ ...step, children: [] }] : [])),
      ),
    ),
    ...process.rules.filter(isActive).flatMap((rule) => of(rule, rule.steps)),
  ];
}

function wantedSteps(at: Pick<Uncovered, 'process' | 'rule'>, steps: readonly ProcessStep[]): Uncovered[] {
  return steps.flatMap((step) => {
    if (step.kind === 'action') return [{ ...at, step: step.name, what: 'action' as const, ...step.place }];
    if (step.kind === 'group') return wantedSteps(at, step.conditions);
    const sides = (['met', 'notMet'] as const).map((what) => ({ ...at, step: step.name, what, ...step.place }));
    return [...sides, ...wantedSteps(at, step.children)];
  });
}

function markProcess({ process, barred, rules }: ProcessTrace, seen: Set<string>): void {
  if (!process) return;
  const mark = (rule: Rule, steps: readonly StepTrace[]): void => {
    const note = (step: string | null, what: Uncovered['what']): void => {
      seen.add(keyOf({ process: process.name, rule: rule.name, step, what }));
    };
    note(null, 'rule');
    markSteps(steps, note, seen);
  };
  if (barred) mark(barred.rule, barred.steps);
  else {
    for (const rule of process.eligibility) mark(rule, rule.steps.flatMap(letIn));
  }
  for (const { rule, skipped, steps } of rules) if (!skipped) mark(rule, steps);
}

/** A journal that was let in has met the conditions of eligibility, which leave no trace then. */
function letIn(step: ProcessStep): ConditionTrace[] {
  return step.kind === 'condition' ? [{ kind: 'condition', step, isMet: true, criteria: [], children: [] }] : [];
}

type Note = (step: string, what: Uncovered['what']) => void;

function markSteps(steps: readonly StepTrace[], note: Note, seen: Set<string>): void {
  for (const trace of steps) {
    if (trace.kind === 'action') {
      if (trace.failure === undefined) note(trace.step.name, 'action');
      if (trace.process) markProcess(trace.process, seen);
      continue;
    }
    for (const { step, isMet, children, failure } of trace.kind === 'group' ? trace.conditions : [trace]) {
      if (failure === undefined) note(step.name, isMet ? 'met' : 'notMet');
      markSteps(children, note, seen);
    }
  }
}
