import type { RuleRecord, RuleValue } from '../ruleValue.js';

/** What a flow gets and returns, by name. Names have any case. */
export type FlowHandler = (inputs: ReadonlyMap<string, RuleValue>) => ReadonlyMap<string, RuleValue>;

/** What rules use and their file does not have. */
export interface OutsideRules {
  /** Undefined if nobody answers for the flow. */
  flow(name: string): FlowHandler | undefined;
  /** Returns the rows of a decision table that match. Undefined if there is no such table. */
  decide(table: string, inputs: ReadonlyMap<string, RuleValue>): readonly RuleRecord[] | undefined;
}
