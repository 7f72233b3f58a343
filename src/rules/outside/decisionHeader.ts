import { criterionOperators } from '../programRules.js';
import type { CriterionOperator, RulePlace } from '../programRules.js';
import type { RulesReading } from '../source/rulesReading.js';
import { suggestion } from '../source/suggestion.js';
import type { DecisionColumns, InputColumn } from './decisionTable.js';

/** The columns of a CSV file, in their order: an input that is compared, or the name of an output. */
export type HeaderColumn = { readonly input: InputColumn } | { readonly output: string };

/** Operators without a value cannot compare a cell. */
const cellOperators = criterionOperators.filter((operator) => !operator.endsWith('Null'));

/**
 * Reads the header of a decision table: `if Brand__c`, `if Amount GreaterThanOrEquals`, `then Multiplier__c`. Names
 * alone are the columns of the metadata. Undefined if there was a mistake.
 */
export function readDecisionHeader(
  cells: readonly string[],
  columns: DecisionColumns | undefined,
  { reading, place }: { readonly reading: RulesReading; readonly place: RulePlace },
): HeaderColumn[] | undefined {
  const before = reading.errors.length;
  const read = cells.map((cell) => readColumn(cell.trim(), columns, (message) => reading.fail(place, message)));
  const seen = new Set<string>();
  for (const cell of cells.map((each) => each.trim().toLowerCase())) {
    if (seen.has(cell)) reading.fail(place, `the column "${cell}" occurs twice`);
    seen.add(cell);
  }
  if (reading.errors.length > before) return undefined;
  const known = read.filter((column) => column !== undefined);
  if (!known.some((column) => 'output' in column)) reading.fail(place, 'no column is an output, such as "then Points"');
  return known;
}

function readColumn(
  cell: string,
  columns: DecisionColumns | undefined,
  fail: (message: string) => void,
): HeaderColumn | undefined {
  const [word = '', name = '', ...rest] = cell.split(/\s+/);
  if (word.toLowerCase() === 'if' && name !== '')
    return { input: { name, operator: operatorNamed(rest.join(' '), fail), isRequired: false } };
  if (word.toLowerCase() === 'then' && name !== '' && rest.length === 0) return { output: name };
  const input = columns?.inputs.find((each) => isSame(each.name, cell));
  if (input) return { input };
  const output = columns?.outputs.find((each) => isSame(each, cell));
  if (output !== undefined) return { output };
  const names = columns ? [...columns.inputs.map((each) => each.name), ...columns.outputs] : [];
  const known = columns ? `; nor is it a field of the metadata${suggestion(cell, names)}` : '';
  fail(`the column "${cell}" is neither an input, such as "if Brand", nor an output, such as "then Points"${known}`);
  return undefined;
}

function operatorNamed(text: string, fail: (message: string) => void): CriterionOperator {
  if (text === '') return 'Equals';
  const operator = cellOperators.find((each) => isSame(each, text));
  if (operator === undefined) fail(`"${text}" is not an operator${suggestion(text, cellOperators)}`);
  return operator ?? 'Equals';
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
