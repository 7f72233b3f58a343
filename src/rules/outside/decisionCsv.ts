import { CsvReader } from '../../base/csv/csv.js';
import type { CsvRow } from '../../base/csv/csv.js';
import type { RulesReading } from '../source/rulesReading.js';
import { alternatives, suggestion } from '../source/suggestion.js';
import type { RuleValue } from '../ruleValue.js';
import { cellValue } from './cellValue.js';
import { readDecisionHeader } from './decisionHeader.js';
import type { HeaderColumn } from './decisionHeader.js';
import type { DecisionMetadata } from './decisionMetadata.js';
import { decisionPolicies, unsupportedPolicies } from './decisionTable.js';
import type { DecisionPolicy, DecisionRow, DecisionTable } from './decisionTable.js';

type CsvTable = Pick<DecisionTable, 'columns' | 'policy' | 'rows'>;

const policyLine = /^# *policy *: *(.*?) *(?:\r?\n|$)/;

/** Reads the rows of a decision table. A first line `# policy: FirstMatch` says what the metadata does not. */
export function readDecisionCsv(
  text: string,
  metadata: DecisionMetadata | undefined,
  reading: RulesReading,
): CsvTable | undefined {
  const [line = '', policy] = policyLine.exec(text) ?? [];
  const reader = new CsvReader({ at: { offset: line.length, line: line === '' ? 1 : 2 } });
  const [header, ...rows] = [...reader.push(Buffer.from(text.slice(line.length))), ...reader.end()];
  if (!header) {
    reading.fail({ file: reading.file, line: 1 }, 'the decision table is empty');
    return undefined;
  }
  const sound = [header, ...rows].filter((row) => isSound(row, reading));
  const place = { file: reading.file, line: header.start.line };
  const columns = readDecisionHeader(cellsOf(header), metadata?.columns, { reading, place });
  if (!columns || sound.length <= rows.length) return undefined;
  return {
    policy: policyNamed(policy, reading) ?? metadata?.policy ?? 'UniqueValues',
    columns: {
      inputs: columns.flatMap((column) => ('input' in column ? [column.input] : [])),
      outputs: columns.flatMap((column) => ('output' in column ? [column.output] : [])),
    },
    rows: rows.map((row) => decisionRow(cellsOf(row).map(cellValue), columns)),
  };
}

function isSound({ issue, start }: CsvRow, reading: RulesReading): boolean {
  if (!issue) return true;
  reading.fail({ file: reading.file, line: issue.line ?? start.line }, `the row ${issue.detail}`);
  return false;
}

function cellsOf({ cells }: CsvRow): string[] {
  return cells.map((cell) => cell?.trim() ?? '');
}

function policyNamed(text: string | undefined, reading: RulesReading): DecisionPolicy | undefined {
  if (text === undefined) return undefined;
  const policy = decisionPolicies.find((each) => each.toLowerCase() === text.toLowerCase());
  const problem = unsupportedPolicies.includes(text) ? 'is not supported' : 'is unknown';
  const hint = suggestion(text, decisionPolicies) || `; it must be ${alternatives(decisionPolicies)}`;
  if (policy === undefined) reading.fail({ file: reading.file, line: 1 }, `the policy "${text}" ${problem}${hint}`);
  return policy;
}

function decisionRow(values: readonly RuleValue[], columns: readonly HeaderColumn[]): DecisionRow {
  const outcome = columns.flatMap((column, index) =>
    'output' in column ? [[column.output.toLowerCase(), values[index] ?? null] as const] : [],
  );
  return {
    cells: columns.flatMap((column, index) => ('input' in column ? [values[index] ?? null] : [])),
    outcome: { is: 'Record', fields: new Map(outcome) },
  };
}
