import type { ActionStep, ConditionStep, Criterion, GroupStep, Rule, RuleProcess } from '../programRules.js';
import type { RuleValue } from '../ruleValue.js';
import type { RuleJournal, RuleResult } from './ruleWorld.js';

/** What a process did for a journal, step by step, up to a failure if there is one. */
export interface ProcessTrace {
  readonly journal: RuleJournal;
  /** Undefined if no active process takes such a journal. */
  readonly process: RuleProcess | undefined;
  /** Why the journal was not let into the process. */
  readonly barred?: RuleTrace | undefined;
  readonly rules: readonly RuleTrace[];
}

/** Reasons for which a rule does not run, in the order in which they are looked for. */
export const skipReasons = [
  ...(['ruleNotActive', 'ruleNotStarted', 'ruleEnded', 'noSuchPromotion', 'promotionNotActive'] as const),
  ...(['promotionNotStarted', 'promotionEnded', 'memberNotEligible'] as const),
];
export type SkipReason = (typeof skipReasons)[number];

export interface RuleTrace {
  readonly rule: Rule;
  /** Why it did not run. */
  readonly skipped?: SkipReason | undefined;
  readonly steps: readonly StepTrace[];
}

export type StepTrace = ActionTrace | ConditionTrace | GroupTrace;

export interface ActionTrace {
  readonly kind: 'action';
  readonly step: ActionStep;
  readonly inputs: ReadonlyMap<string, RuleValue>;
  /** What variables got, by name. */
  readonly assigned: ReadonlyMap<string, RuleValue>;
  readonly change?: string | undefined;
  readonly result?: RuleResult | undefined;
  /** What a reader should know besides, such as that nothing answers for a flow. */
  readonly note?: string | undefined;
  /** What another process did that this action ran. */
  readonly process?: ProcessTrace | undefined;
  readonly failure?: string | undefined;
}

export interface ConditionTrace {
  readonly kind: 'condition';
  readonly step: ConditionStep;
  readonly isMet: boolean;
  readonly criteria: readonly CriterionTrace[];
  readonly children: readonly StepTrace[];
  readonly failure?: string | undefined;
}

export interface CriterionTrace {
  readonly criterion: Criterion;
  /** The values that were compared. */
  readonly left: RuleValue;
  readonly right: RuleValue;
  readonly isMet: boolean;
}

/** Conditions behind one that was met were not looked at. */
export interface GroupTrace {
  readonly kind: 'group';
  readonly step: GroupStep;
  readonly conditions: readonly ConditionTrace[];
}
