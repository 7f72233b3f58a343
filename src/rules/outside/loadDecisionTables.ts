import type { RuleIssue } from '../programRules.js';
import { RulesReading } from '../source/rulesReading.js';
import { suggestion } from '../source/suggestion.js';
import { readDecisionCsv } from './decisionCsv.js';
import { readDecisionMetadata } from './decisionMetadata.js';
import type { DecisionMetadata } from './decisionMetadata.js';
import type { DecisionTable } from './decisionTable.js';
import { textOfFile } from './outsideFiles.js';
import type { GivenText, OutsideFiles, TableFiles } from './outsideFiles.js';
import type { OutsideUse } from './outsideUses.js';

/**
 * Reads the decision tables that rules use, by their names in lower case, and notes mistakes. Other tables of the folder
 * are not looked at: they may be of a kind that rules cannot use.
 */
export async function loadDecisionTables(
  uses: ReadonlyMap<string, readonly OutsideUse[]>,
  files: readonly OutsideFiles[],
  issues: RuleIssue[],
): Promise<ReadonlyMap<string, DecisionTable>> {
  const tables = new Map<string, DecisionTable>();
  for (const [key, [first, ...others]] of uses) {
    if (!first) continue;
    const found = Object.assign({}, ...files.map((each) => each.tables.get(key) ?? {})) as TableFiles;
    const before = issues.length;
    const table = await readTable(first, found, issues);
    if (table) {
      tables.set(key, table);
      for (const use of [first, ...others]) issues.push(...columnIssues(use, table));
    } else if (issues.length === before) issues.push(...[first, ...others].map(missingTable));
  }
  return tables;
}

async function readTable(
  { name, objectName }: OutsideUse,
  files: TableFiles,
  issues: RuleIssue[],
): Promise<DecisionTable | undefined> {
  const metadata = await read(files.metadata, issues, readDecisionMetadata);
  const csv = await read(files.csv, issues, (text, reading) => readDecisionCsv(text, metadata, reading));
  if (files.csv !== undefined && !csv) return undefined;
  const object = metadata?.objectName ?? objectName;
  if (!csv && object === undefined) return undefined;
  return { name, ...settingsOf(metadata), objectName: object, rows: undefined, ...csv };
}

function settingsOf(metadata: DecisionMetadata | undefined): Pick<DecisionTable, 'columns' | 'matches' | 'policy'> {
  const { columns, matches = 'All', policy = 'UniqueValues' } = metadata ?? {};
  return { columns, matches, policy };
}

async function read<T>(
  file: string | GivenText | undefined,
  issues: RuleIssue[],
  readText: (text: string, reading: RulesReading) => T | undefined,
): Promise<T | undefined> {
  if (file === undefined) return undefined;
  const text = typeof file === 'string' ? await textOfFile(file, issues) : file.text;
  if (text === undefined) return undefined;
  const reading = new RulesReading(typeof file === 'string' ? file : file.file);
  const value = readText(text, reading);
  issues.push(...reading.errors);
  return reading.errors.length > 0 ? undefined : value;
}

function missingTable({ name, action }: OutsideUse): RuleIssue {
  const message = `nothing answers for the decision table "${name}": put its rows into decisionTables/${name}.csv`;
  return { place: action.place, message };
}

/** What an action gives and takes must be columns of its table. */
function columnIssues({ name, action }: OutsideUse, { columns }: DecisionTable): RuleIssue[] {
  if (!columns) return [];
  const inputs = columns.inputs.map((input) => input.name);
  const unknown = action.inputs.flatMap((input) =>
    hasName(inputs, input.name)
      ? []
      : [{ place: input.place, message: noColumn(name, { kind: 'input', column: input.name }, inputs) }],
  );
  const blank = action.outputs.flatMap((output) =>
    output.name.startsWith('DecisionTable') || hasName(columns.outputs, output.name)
      ? []
      : [{ place: output.place, message: noColumn(name, { kind: 'output', column: output.name }, columns.outputs) }],
  );
  const given = action.inputs.map((input) => input.name);
  const needed = columns.inputs.flatMap((input) =>
    !input.isRequired || hasName(given, input.name)
      ? []
      : [{ place: action.place, message: `the decision table "${name}" needs the input "${input.name}"` }],
  );
  return [...unknown, ...blank, ...needed];
}

function noColumn(
  table: string,
  { kind, column }: { readonly kind: 'input' | 'output'; readonly column: string },
  known: readonly string[],
): string {
  return `the decision table "${table}" has no ${kind} "${column}"${suggestion(column, known)}`;
}

function hasName(names: readonly string[], name: string): boolean {
  return names.some((each) => each.toLowerCase() === name.toLowerCase());
}
