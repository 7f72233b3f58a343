import { skipReasons } from '../engine/ruleTrace.js';
import type { ProgramRules } from '../programRules.js';
import type { ExplainedProcess, ExplainedRule } from './explainedShapes.js';
import { explainedActions, firstUnmet } from './explainedWalk.js';
import { stepPath } from './promotionSteps.js';
import type { StepPlace } from './promotionSteps.js';
import { whyStepNotRun } from './whyStepNotRun.js';

/** Why an action did nothing for a journal. The codes are stable. */
export const absenceCodes = [
  /** The process did not run: none takes the journal, another one does, or nothing called it. */
  'noProcess' as const,
  /** An eligibility rule of the process did not let the journal in. */
  'notLetIn' as const,
  /** The process has no such rule. */
  'noRule' as const,
  /** The rule has no such action. */
  'noStep' as const,
  ...skipReasons,
  /** A condition in front of it is not met. */
  'conditionNotMet' as const,
  /** An earlier condition of the same group is met. */
  'otherConditionMet' as const,
  /** It ran and changed nothing. */
  'nothingChanged' as const,
  /** The request failed, and the org kept nothing of it. */
  'requestFailed' as const,
];
export type AbsenceCode = (typeof absenceCodes)[number];

export interface Absence {
  readonly code: AbsenceCode;
  /** Of `conditionNotMet` and `notLetIn` the first condition that is not met, of `otherConditionMet` the one that is. */
  readonly condition: string | null;
}

/** Says why an action of some version of the rules did nothing under these rules. */
export function whyAbsent(explained: ExplainedProcess | undefined, at: StepPlace, rules: ProgramRules): Absence {
  const process = explained && processNamed(explained, at.process);
  if (!process) return absent('noProcess');
  if (process.barredBy) return absent('notLetIn', firstUnmet(process.barredBy.steps)?.step);
  const rule = process.rules.find((each) => each.rule === at.rule);
  if (!rule) return absent('noRule');
  return rule.skipped ? absent(rule.skipped) : inRule(rule, at, rules);
}

function inRule({ steps }: ExplainedRule, at: StepPlace, rules: ProgramRules): Absence {
  const path = stepPath(rules, at);
  if (!path) return absent('noStep');
  const answer = whyStepNotRun(steps, path);
  if (!answer) return absent('requestFailed');
  return answer.code === 'ran' ? absent('nothingChanged') : absent(answer.code, answer.condition.step);
}

/** A process that ran, or one that it ran. */
function processNamed(explained: ExplainedProcess, name: string): ExplainedProcess | undefined {
  if (explained.process === name) return explained;
  const inner = explained.rules.flatMap(({ steps }) => explainedActions(steps)).flatMap(({ process }) => process ?? []);
  for (const each of inner) {
    const found = processNamed(each, name);
    if (found) return found;
  }
  return undefined;
}

function absent(code: AbsenceCode, condition: string | null = null): Absence {
  return { code, condition };
}
