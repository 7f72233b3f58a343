import { z } from 'zod';
import { skipReasons } from '../engine/ruleTrace.js';
import type { ProgramRules } from '../programRules.js';
import type { ExplainedAction, ExplainedCondition, ExplainedProcess, ExplainedRule } from './explainedShapes.js';
import { ExplainedCriterion } from './explainedShapes.js';
import { explainedActions, failureIn, firstUnmet } from './explainedWalk.js';
import { promotionSteps } from './promotionSteps.js';
import { whyStepNotRun } from './whyStepNotRun.js';

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
  /** Neither the process nor one that it can run has a rule of the promotion. */
  'noRule' as const,
  ...skipReasons,
  /** A condition is not met. */
  'conditionNotMet' as const,
  /** An earlier condition of the same group is met. */
  'otherConditionMet' as const,
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
  /** The first condition that is not met, or the other one that is. */
  condition: z.string().nullable(),
  logic: z.string().nullable(),
  /** Its criteria, with the values that were compared. */
  criteria: z.array(ExplainedCriterion),
  /** What failed. */
  failure: z.string().nullable(),
});
export type WhyNot = z.infer<typeof WhyNot>;

type Answer = Partial<Omit<WhyNot, 'promotion'>> & Pick<WhyNot, 'code'>;

/** What the answer can look at besides what was explained. */
export interface WhyNotOptions {
  /** Why the request failed, if it did. */
  readonly failure?: string | undefined;
  /** With them, actions that did not run count, too: those that name the promotion, or run a process that has its rule. */
  readonly rules?: ProgramRules | undefined;
}

/** Says why a promotion gave nothing. If several rules belong to it, the answer is about the one that came furthest. */
export function whyNot(explained: ExplainedProcess, promotion: string, options: WhyNotOptions = {}): WhyNot {
  const nothing = { rule: null, condition: null, logic: null, criteria: [], failure: null };
  return { ...nothing, promotion, ...answerOf(explained, { ...options, promotion }) };
}

interface Asked extends WhyNotOptions {
  readonly promotion: string;
}

function answerOf(explained: ExplainedProcess, asked: Asked): Answer {
  const { process, barredBy } = explained;
  const { failure } = asked;
  const answers = answersOfProcess(explained, asked);
  const best = furthest.map((isSuch) => answers.find(isSuch)).find((answer) => answer !== undefined);
  if (best) return best.code === 'gave' && failure !== undefined ? { ...best, code: 'takenBack', failure } : best;
  if (process === null) return failure === undefined ? { code: 'noProcess' } : { code: 'notReached', failure };
  if (barredBy) return barred(barredBy);
  return failure === undefined ? { code: 'noRule' } : { code: 'notReached', failure };
}

function answersOfProcess({ process, rules }: ExplainedProcess, asked: Asked): Answer[] {
  return rules.flatMap((rule) => answersOf(rule, process, asked));
}

function barred({ rule, steps }: ExplainedRule): Answer {
  const condition = firstUnmet(steps);
  return { code: 'notLetIn', rule, ...(condition && told(condition)) };
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
function answersOf(rule: ExplainedRule, process: string | null, asked: Asked): Answer[] {
  const actions = explainedActions(rule.steps);
  const others = actions.flatMap((each) => (each.process ? answersOfProcess(each.process, asked) : []));
  if (isSame(rule.promotion, asked.promotion)) return [{ rule: rule.rule, ...answerOfRule(rule, actions) }, ...others];
  const own = actions.filter(({ result }) => result?.is === 'usage' && isSame(result.promotion, asked.promotion));
  if (own.length > 0) return [{ code: 'gave', rule: rule.rule }, ...others];
  return [...others, ...answersOfSteps(rule, process, asked)];
}

/** Why actions for the promotion did nothing, in a rule that does not belong to it. */
function answersOfSteps(rule: ExplainedRule, process: string | null, { rules, promotion }: Asked): Answer[] {
  const paths = rules ? promotionSteps(rules, { process, rule: rule.rule }, promotion) : [];
  if (paths.length > 0 && rule.skipped) return [{ code: rule.skipped, rule: rule.rule }];
  return paths.flatMap((path): Answer[] => {
    const answer = whyStepNotRun(rule.steps, path);
    if (!answer) return [];
    if (answer.code !== 'ran') return [{ code: answer.code, rule: rule.rule, ...told(answer.condition) }];
    return answerOfAction(answer.action).map((each) => ({ rule: rule.rule, ...each }));
  });
}

/** The rules of a process that it ran answer for themselves, if the process let the journal in. */
function answerOfAction({ failure, process }: ExplainedAction): Answer[] {
  if (process?.barredBy) return [barred(process.barredBy)];
  if (failure !== null) return [{ code: 'failed', failure }];
  return process ? [] : [{ code: 'nothingChanged' }];
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

function isSame(one: string | null, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
