import type { RuleRecord, RuleValue } from '../ruleValue.js';

/**
 * What a flow gets and returns, by name. Names have any case. Undefined if it has no answer for these inputs.
 * @throws {RuleFailure} if the flow fails
 */
export type FlowHandler = (inputs: ReadonlyMap<string, RuleValue>) => ReadonlyMap<string, RuleValue> | undefined;

/** Returns the records of an object, for decision tables that read them. Undefined if there is no such object. */
export type TableRecords = (objectName: string) => readonly RuleRecord[] | undefined;

/** What rules use and their file does not have. */
export interface OutsideRules {
  /** Whether outputs of a flow without an answer are blank. Otherwise the process fails. */
  readonly answersFlowsEmpty?: boolean;
  /** Undefined if nobody answers for the flow. */
  flow(name: string): FlowHandler | undefined;
  /** Fields that the rows of a decision table return. Undefined if the rows are records of the org. */
  outputsOf?(table: string): readonly string[] | undefined;
  /** Object whose records are the rows of a table. Undefined if there is no such table, null if it has rows of its own. */
  objectOf?(table: string): string | null | undefined;
  /**
   * Returns the rows of a decision table that match. Undefined if there is no such table.
   * @throws {RuleFailure}
   */
  decide(
    table: string,
    inputs: ReadonlyMap<string, RuleValue>,
    records: TableRecords,
  ): readonly RuleRecord[] | undefined;
}
