import type { Reward, RewardingPromotion } from './reward.js';
import type { RuleAction, RunningJournal } from './rule.js';

/** A rule of a process. Its steps run if all conditions are met. */
export interface ProcessRule {
  readonly name: string;
  /** The promotion that it belongs to. */
  readonly promotion?: RewardingPromotion;
  readonly conditions: readonly RuleCondition[];
  readonly steps: readonly RuleStep[];
}

/** What a journal must be like, in the words of a simulation. */
export interface RuleCondition {
  /** Without braces, such as `TransactionJournal.TransactionAmount`. */
  readonly field: string;
  readonly operator: 'Equals' | 'NotEquals' | 'GreaterThanOrEquals' | 'LessThanOrEquals';
  readonly value: string;
  readonly isMet: (journal: RunningJournal) => boolean;
}

/** An action of a rule. */
export interface RuleStep {
  readonly name: string;
  readonly kind: Reward['kind'];
  /** Names and expressions, as an admin would write them. */
  readonly parameters: readonly (readonly [string, string])[];
  /** Returns nothing where the conditions of the rule are not met. */
  readonly action: RuleAction;
}

/** The actions of the rules, in the order in which they run. */
export function actionsOf(rules: readonly ProcessRule[]): RuleAction[] {
  return rules.flatMap(({ steps }) => steps.map(({ action }) => action));
}
