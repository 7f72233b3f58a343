import { compareValues } from '../engine/compareValues.js';
import { textOf } from '../engine/castValue.js';
import { RuleFailure } from '../engine/ruleFailure.js';
import type { RuleRecord, RuleValue } from '../ruleValue.js';
import type { DecisionRow, DecisionTable, InputColumn } from './decisionTable.js';

type Inputs = ReadonlyMap<string, RuleValue>;

/**
 * Returns the rows of a table that its inputs select, by its policy. Names of inputs have any case.
 * @throws {RuleFailure} if several rows of a table with unique values match
 */
export function matchingRows(table: DecisionTable, rows: readonly DecisionRow[], inputs: Inputs): RuleRecord[] {
  const given = new Map([...inputs].map(([name, value]) => [name.toLowerCase(), value]));
  const compared = (table.columns?.inputs ?? []).flatMap((column, index) => {
    const value = given.get(column.name.toLowerCase());
    return value === undefined ? [] : [{ column, index, value }];
  });
  const holds = ({ column, index, value }: Compared, { cells }: DecisionRow): boolean =>
    compareValues(value, column.operator, cells[index] ?? null);
  const isMatch = (row: DecisionRow): boolean =>
    table.matches === 'All' ? compared.every((each) => holds(each, row)) : compared.some((each) => holds(each, row));
  return selected(
    table,
    rows.filter(isMatch).map(({ outcome }) => outcome),
  );
}

interface Compared {
  readonly column: InputColumn;
  readonly index: number;
  readonly value: RuleValue;
}

function selected({ name, policy }: DecisionTable, matches: readonly RuleRecord[]): RuleRecord[] {
  switch (policy) {
    case 'OutputOrder':
      return [...matches];
    case 'FirstMatch':
      return matches.slice(0, 1);
    case 'AnyValue':
      return new Set(matches.map(textOf)).size > 1 ? [] : matches.slice(0, 1);
    case 'UniqueValues':
      if (matches.length < 2) return [...matches];
      throw new RuleFailure(
        `${matches.length} rows of the decision table ${name} match, but its policy is UniqueValues.`,
      );
  }
}
