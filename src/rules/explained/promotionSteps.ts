import type { ActionStep, ProcessStep, ProgramRules, Rule, RuleProcess } from '../programRules.js';
import { knownText } from '../source/referredNames.js';
import { allSteps, childrenOf } from '../source/walkRules.js';

/** The way to an action, from a step of the top level down to the action. */
export type StepPath = readonly ProcessStep[];

/**
 * Returns the ways to actions of a rule that can give something of a promotion although the rule does not belong to it:
 * they name the promotion, or run a process that has such a rule or action.
 */
export function promotionSteps(
  rules: ProgramRules,
  place: { readonly process: string | null; readonly rule: string },
  promotion: string,
): StepPath[] {
  const process = rules.processes.find(({ name }) => name === place.process);
  const rule = process?.rules.find(({ name }) => name === place.rule);
  if (!process || !rule) return [];
  return pathsIn(rule.steps).filter((path) => {
    const action = path.at(-1);
    return action?.kind === 'action' && concerns(action, { rules, process, promotion, seen: new Set([process.name]) });
  });
}

/** Returns the way to an action of a rule. */
export function stepPath(rules: ProgramRules, { process, rule, step }: StepPlace): StepPath | undefined {
  const found = rules.processes.find(({ name }) => name === process)?.rules.find(({ name }) => name === rule);
  return found && pathsIn(found.steps).find((path) => path.at(-1)?.name === step);
}

/** An action, by the names of all that it is in. */
export interface StepPlace {
  readonly process: string;
  readonly rule: string;
  readonly step: string;
}

interface Asked {
  readonly rules: ProgramRules;
  /** The process of the action. */
  readonly process: RuleProcess;
  readonly promotion: string;
  /** Names of processes that were looked at: they can run each other in a circle. */
  readonly seen: ReadonlySet<string>;
}

function concerns(action: ActionStep, asked: Asked): boolean {
  if (action.type !== 'RunProgramProcess') return named(action, asked.process) === asked.promotion.toLowerCase();
  const { rules, promotion, seen } = asked;
  const process = rules.processes.find(({ name }) => name === action.target);
  if (!process || seen.has(process.name)) return false;
  return has(process, { rules, process, promotion, seen: new Set([...seen, process.name]) });
}

/** Whether a process has a rule of the promotion, or an action for it. */
function has({ rules }: RuleProcess, asked: Asked): boolean {
  const isOf = ({ promotion }: Rule): boolean => promotion?.toLowerCase() === asked.promotion.toLowerCase();
  return rules.some((rule) => isOf(rule) || actionsOf(rule).some((action) => concerns(action, asked)));
}

function actionsOf({ steps }: Rule): ActionStep[] {
  return [...allSteps(steps)].filter((step) => step.kind === 'action');
}

/** The promotion that an action counts uses of, in lower case. */
function named({ type, inputs }: ActionStep, process: RuleProcess): string | undefined {
  if (!type.endsWith('UsageForCumulativePromotion')) return undefined;
  const input = inputs.find(({ name }) => name === 'PromotionName');
  return input && knownText(input.value, process)?.toLowerCase();
}

function pathsIn(steps: readonly ProcessStep[]): StepPath[] {
  return steps.flatMap((step) =>
    step.kind === 'action' ? [[step]] : pathsIn(childrenOf(step)).map((path) => [step, ...path]),
  );
}
