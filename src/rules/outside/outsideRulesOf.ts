import type { OutsideRules } from '../engine/outsideRules.js';
import { RuleFailure } from '../engine/ruleFailure.js';
import type { ProgramRules, RuleIssue } from '../programRules.js';
import { loadProgramRules } from '../source/loadProgramRules.js';
import { inReadingOrder, RulesSourceError } from '../source/rulesSourceError.js';
import type { RuleRecord } from '../ruleValue.js';
import type { DecisionRow, DecisionTable } from './decisionTable.js';
import { loadDecisionTables } from './loadDecisionTables.js';
import { loadFlows, unansweredFlows } from './loadFlows.js';
import type { FlowFunctions } from './loadFlows.js';
import { matchingRows } from './matchingRows.js';
import { findOutsideFiles } from './outsideFiles.js';
import type { GivenText } from './outsideFiles.js';
import { outsideUses, usesByName } from './outsideUses.js';

export interface OutsideOptions {
  /** Source folders with the rules, and with the files that answer for flows and decision tables. */
  readonly source?: string | readonly string[];
  /** Rules that use them. Default: those in the source folders. */
  readonly programs?: readonly ProgramRules[];
  /** Metadata of decision tables, by name in lower case. That in source folders goes before it. */
  readonly decisionTables?: ReadonlyMap<string, GivenText>;
  /** Flows in code, by name. They go before canned answers. */
  readonly flows?: FlowFunctions;
  /** Whether outputs of flows that nothing answers for are blank. Default: they are a mistake in the rules. */
  readonly answerFlowsEmpty?: boolean;
}

const waysToAnswer = [
  'Write what the flows answer into flows.yml beside the rules. docs/rules.md shows how.',
  'Or let them answer nothing: --answer-flows-empty (answerFlowsEmpty in code).',
];

/**
 * Returns answers for the flows and decision tables that rules use: from files in source folders, from functions, and
 * from the records of the org for decision tables without a file.
 * @throws {RulesSourceError} with the mistakes of all files, and the actions whose flow or table nothing answers for
 */
export async function outsideRulesOf(given: string | OutsideOptions): Promise<OutsideRules> {
  const options: OutsideOptions = typeof given === 'string' ? { source: given } : given;
  const folders = [options.source ?? []].flat();
  const programs = options.programs ?? (await Promise.all(folders.map((folder) => loadProgramRules(folder)))).flat();
  const deployed = [...(options.decisionTables ?? [])].map(([name, metadata]) => [name, { metadata }] as const);
  const found = await Promise.all(folders.map((folder) => findOutsideFiles(folder)));
  const files = [{ flows: [], tables: new Map(deployed) }, ...found];
  const issues: RuleIssue[] = [];
  const tables = await loadDecisionTables(
    usesByName(outsideUses(programs, 'GetOutputsFromDecisionTable')),
    files,
    issues,
  );
  const uses = usesByName(outsideUses(programs, 'RunFlow'));
  const flows = await loadFlows({ functions: options.flows ?? {}, uses }, files, issues);
  const answersFlowsEmpty = options.answerFlowsEmpty ?? false;
  const unanswered = answersFlowsEmpty ? [] : unansweredFlows(uses, flows);
  issues.push(...unanswered);
  if (issues.length > 0) throw new RulesSourceError(inReadingOrder(issues), unanswered.length > 0 ? waysToAnswer : []);
  return {
    answersFlowsEmpty,
    flow: (name) => flows.get(name.toLowerCase()),
    outputsOf: (name) => {
      const table = tables.get(name.toLowerCase());
      return table?.rows && (table.columns?.outputs ?? []);
    },
    objectOf: (name) => {
      const table = tables.get(name.toLowerCase());
      return table && (table.rows ? null : (table.objectName ?? null));
    },
    decide: (name, inputs, records) => {
      const table = tables.get(name.toLowerCase());
      if (!table) return undefined;
      const columns = table.columns ?? columnsOf([...inputs.keys()]);
      const rows = table.rows ?? recordRows(columns, { table, records: records(table.objectName ?? '') });
      return matchingRows({ ...table, columns }, rows, inputs);
    },
  };
}

type Columns = NonNullable<DecisionTable['columns']>;

/** @throws {RuleFailure} if the org has no such object */
function recordRows(
  { inputs, outputs }: Columns,
  { table, records }: { readonly table: DecisionTable; readonly records: readonly RuleRecord[] | undefined },
): DecisionRow[] {
  if (!records)
    throw new RuleFailure(`The decision table ${table.name} has no rows: the org has no object ${table.objectName}.`);
  return records.map((record) => ({
    cells: inputs.map(({ name }) => record.fields.get(name.toLowerCase()) ?? null),
    outcome: outputs.length === 0 ? record : onlyFields(record, outputs),
  }));
}

function onlyFields({ fields }: RuleRecord, names: readonly string[]): RuleRecord {
  const kept = names.map((name) => [name.toLowerCase(), fields.get(name.toLowerCase()) ?? null] as const);
  return { is: 'Record', fields: new Map(kept) };
}

function columnsOf(names: readonly string[]): Columns {
  return { inputs: names.map((name) => ({ name, operator: 'Equals', isRequired: false })), outputs: [] };
}
