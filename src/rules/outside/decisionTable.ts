import type { CriterionOperator } from '../programRules.js';
import type { RuleRecord, RuleValue } from '../ruleValue.js';

/**
 * Which of the matching rows are the result (`filterResultBy`). Salesforce documents the first three. Of `UniqueValues`
 * it only has the name, so that several matching rows are taken for a mistake (inferred).
 */
export const decisionPolicies = ['FirstMatch', 'OutputOrder', 'AnyValue', 'UniqueValues'] as const;
export type DecisionPolicy = (typeof decisionPolicies)[number];

/** What else metadata can say: for internal use only, as the developer guide puts it. */
export const unsupportedPolicies: readonly string[] = ['CollectOperator', 'Priority', 'RuleOrder'];

/** A column that is compared: `<input> <operator> <cell>`. Two columns can compare the same input. */
export interface InputColumn {
  readonly name: string;
  readonly operator: CriterionOperator;
  /** Whether the action must give it. An input that is not given is not compared. */
  readonly isRequired: boolean;
}

export interface DecisionColumns {
  readonly inputs: readonly InputColumn[];
  readonly outputs: readonly string[];
}

/** A row: its cells in the order of the input columns, and what it returns. */
export interface DecisionRow {
  readonly cells: readonly RuleValue[];
  readonly outcome: RuleRecord;
}

export interface DecisionTable {
  readonly name: string;
  readonly policy: DecisionPolicy;
  /** Whether all comparisons must be true, or any. */
  readonly matches: 'All' | 'Any';
  /** Undefined if nothing says what they are: then the inputs of an action must equal the fields of their names. */
  readonly columns: DecisionColumns | undefined;
  /** Undefined if the rows are records of the org. */
  readonly rows: readonly DecisionRow[] | undefined;
  /** The object of these records. */
  readonly objectName: string | undefined;
}
