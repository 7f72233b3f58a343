import { Messages } from '@salesforce/core';
import { countBy } from '../counts.js';
import type { Conclusion } from '../concludeCommand.js';
import { exitCodeOf } from '../errors/exitCodes.js';
import { simulationStatuses } from '../results/simulationResults.js';
import type { SimulateTransactionsResult } from '../results/simulationResults.js';
import { feedFiles } from '../sync/feedFiles.js';
import { wrapped } from '../terminal/terminalText.js';
import { explainedRecord, explainedRecordLines } from './explainedRecord.js';
import type { ExplainedRecord } from './explainedRecord.js';
import { simulationTotals, totalsLines } from './simulationTotals.js';
import { whyNotCountLines } from './whyNotLines.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.rules');

/** The flags, parsed. */
export interface FileSimulationFlags {
  readonly source: string;
  readonly program: string | undefined;
  readonly file: readonly string[];
  readonly map: string;
  readonly format: 'csv' | 'ndjson' | 'json' | undefined;
  readonly definition: string | undefined;
  readonly 'answer-flows-empty': boolean;
  readonly 'batch-size': number | undefined;
  readonly limit: number | undefined;
  readonly 'why-not': string | undefined;
}

interface Printer {
  log(line: string): void;
  warn(message: string): unknown;
}

/** Runs the transactions of files through the rules of a folder in a local org, and prints what they did. */
export async function simulateFile(
  command: Printer,
  flags: FileSimulationFlags,
  signal: AbortSignal,
): Promise<Conclusion<SimulateTransactionsResult>> {
  // An org needs none of this, and it takes a while to load.
  const simulation = await import('../../simulation/index.js');
  const files = await feedFiles(flags.file);
  const feeds = await simulation.openFeeds({ files, map: flags.map, format: flags.format });
  await using simulated = await simulation.openSimulatedOrg({
    source: flags.source,
    program: flags.program,
    answerFlowsEmpty: flags['answer-flows-empty'],
    definition: flags.definition === undefined ? undefined : await definitionIn(flags.definition),
  });
  const { org, program } = simulated;
  for (const warning of org.warnings) command.warn(warning);
  const asked = flags['why-not'];
  const promotion = asked === undefined ? undefined : simulation.askedPromotion(simulated, asked);
  const records: ExplainedRecord[] = [];
  const done = await simulation.simulateFeeds(simulated, {
    ...{ feeds, signal, batchSize: flags['batch-size'], limit: flags.limit },
    onTransaction: (each) => {
      const { explained, failure } = each;
      const why = promotion !== undefined && explained ? simulation.whyNot(explained, promotion, failure) : undefined;
      const record = explainedRecord(each, why);
      records.push(record);
      for (const line of [...explainedRecordLines(record), '']) command.log(line);
    },
  });
  const totals = simulationTotals(done);
  const lines = [...totalsLines(totals, records.length), ...whyNotCountLines(promotion, records)];
  for (const line of [...lines, '', ...wrapped(messages.getMessage('info.nothingWritten'), '')]) command.log(line);
  const counts = countBy(records, simulationStatuses);
  const refused = counts.failed + counts.unmatched + totals.rejected.length;
  return { result: { program, records, counts, totals }, exitCode: exitCodeOf({ refused, open: 0 }) };
}

async function definitionIn(path: string) {
  const { readDefinition } = await import('../../program/index.js');
  return (await readDefinition(path)).definition;
}
