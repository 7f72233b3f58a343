import { z } from 'zod';
import { skipReasons } from '../engine/ruleTrace.js';
import type {
  ExplainedAction,
  ExplainedCondition,
  ExplainedProcess,
  ExplainedRule,
  ExplainedStep,
} from './explainedShapes.js';
import { ExplainedCriterion } from './explainedShapes.js';

/**
 * Why a promotion gave a member nothing for a journal, or that it gave something. The codes are stable. Those of
 * `skipReasons` say why its rule did not run.
 */
export const whyNotCodes = [
  /** It gave something. */
  'gave' as const,
  /** No active process takes journals of this type and subtype. */
  'noProcess' as const,
  /** An eligibility rule of the process did not let the journal in. */
  'notLetIn' as const,
  /** The process has no rule of the promotion. */
  'noRule' as const,
  ...skipReasons,
  /** A condition is not met. */
  'conditionNotMet' as const,
  /** Its actions ran and changed nothing. */
  'nothingChanged' as const,
  /** A step of its rule failed. */
  'failed' as const,
  /** It gave something, and then the request failed, so that the org kept nothing. */
  'takenBack' as const,
  /** The process failed before it came to its rule. */
  'notReached' as const,
];

export const WhyNot = z.object({
  promotion: z.string(),
  code: z.enum(whyNotCodes),
  /** The rule that the answer is about. */
  rule: z.string().nullable(),
  /** The first condition that is not met. */
  condition: z.string().nullable(),
  logic: z.string().nullable(),
  /** Its criteria, with the values that were compared. */
  criteria: z.array(ExplainedCriterion),
  /** What failed. */
  failure: z.string().nullable(),
});
export type WhyNot = z.infer<typeof WhyNot>;

type Answer = Partial<Omit<WhyNot, 'promotion'>> & Pick<WhyNot, 'code'>;

/**
 * Says why a promotion gave nothing. If several rules belong to it, the answer is about the one that came furthest.
 * @param failure why the request failed, if it did
 */
export function whyNot(explained: ExplainedProcess, promotion: string, failure?: string): WhyNot {
  const nothing = { rule: null, condition: null, logic: null, criteria: [], failure: null };
  return { ...nothing, promotion, ...answerOf(explained, promotion, failure) };
}

function answerOf(explained: ExplainedProcess, promotion: string, failure: string | undefined): Answer {
  const { process, barredBy, rules } = explained;
  const answers = rules.flatMap((rule) => answersOf(rule, promotion));
  const best = furthest.map((isSuch) => answers.find(isSuch)).find((answer) => answer !== undefined);
  if (best) return best.code === 'gave' && failure !== undefined ? { ...best, code: 'takenBack', failure } : best;
  if (process === null) return failure === undefined ? { code: 'noProcess' } : { code: 'notReached', failure };
  if (barredBy) {
    const condition = firstUnmet(barredBy.steps);
    return { code: 'notLetIn', rule: barredBy.rule, ...(condition && told(condition)) };
  }
  return failure === undefined ? { code: 'noRule' } : { code: 'notReached', failure };
}

/** A rule that failed explains more than one whose condition is not met, and that more than one that did not run. */
const furthest: ReadonlyArray<(answer: Answer) => boolean> = [
  ({ code }) => code === 'failed',
  ({ code }) => code === 'gave',
  ({ code }) => code === 'nothingChanged',
  ({ code }) => code === 'conditionNotMet',
  () => true,
];

/** The answers of a rule, and of rules of the processes that it runs. */
function answersOf(rule: ExplainedRule, promotion: string): Answer[] {
  const actions = explainedActions(rule.steps);
  const others = actions.flatMap(({ process }) => process?.rules ?? []).flatMap((each) => answersOf(each, promotion));
  if (!isSame(rule.promotion, promotion)) {
    const own = actions.filter(({ result }) => result?.is === 'usage' && isSame(result.promotion, promotion));
    return own.length > 0 ? [{ code: 'gave', rule: rule.rule }, ...others] : others;
  }
  return [{ rule: rule.rule, ...answerOfRule(rule, actions) }, ...others];
}

function answerOfRule({ skipped, steps }: ExplainedRule, actions: readonly ExplainedAction[]): Answer {
  if (skipped) return { code: skipped };
  const failure = failureIn(steps);
  if (failure !== undefined) return { code: 'failed', failure };
  if (actions.some(hasGiven)) return { code: 'gave' };
  const condition = firstUnmet(steps);
  return condition ? { code: 'conditionNotMet', ...told(condition) } : { code: 'nothingChanged' };
}

/** What was credited as zero points changed nothing. */
function hasGiven({ change, result, process }: ExplainedAction): boolean {
  if (process) return process.rules.some(({ steps }) => explainedActions(steps).some(hasGiven));
  return result?.is === 'points' ? result.points !== 0 || result.escrow !== 0 : change !== null;
}

function told({ step, logic, criteria }: ExplainedCondition): Pick<WhyNot, 'condition' | 'logic' | 'criteria'> {
  return { condition: step, logic, criteria };
}

/** Of a group of which one condition is met, the others do not count. */
function firstUnmet(steps: readonly ExplainedStep[]): ExplainedCondition | undefined {
  for (const step of steps) {
    if (step.kind === 'action') {
      const inOther = firstUnmet(step.process?.rules.flatMap(({ steps: all }) => all) ?? []);
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

function failureIn(steps: readonly ExplainedStep[]): string | undefined {
  for (const step of steps) {
    if (step.kind !== 'group' && step.failure !== null) return step.failure;
    const inner = step.kind === 'action' ? [] : step.kind === 'condition' ? step.steps : step.conditions;
    const found = failureIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isSame(one: string | null, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
