import { Messages } from '@salesforce/core';
import { interruptedError } from '../concludeCommand.js';
import type { Conclusion } from '../concludeCommand.js';
import { countBy } from '../counts.js';
import { exitCodeOf } from '../errors/exitCodes.js';
import { simulationStatuses } from '../results/simulationResults.js';
import type { SimulateTransactionsResult } from '../results/simulationResults.js';
import { feedFiles } from '../sync/feedFiles.js';
import { wrapped } from '../terminal/terminalText.js';
import { differenceLines } from './differenceLines.js';
import { differenceRecord } from './differenceRecord.js';
import { explainedRecord } from './explainedRecord.js';
import type { ExplainedRecord } from './explainedRecord.js';
import { definitionIn, openVersion } from './openVersion.js';
import type { FileSimulationFlags, SimulatingCommand } from './openVersion.js';
import { rowLines, simulationTotals } from './simulationTotals.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.rules');

type ComparisonFlags = FileSimulationFlags & { readonly diff: string };

/** Runs the transactions of files through two versions of the rules, and prints what is different at the end. */
export async function compareFile(
  command: SimulatingCommand,
  flags: ComparisonFlags,
  signal: AbortSignal,
): Promise<Conclusion<SimulateTransactionsResult>> {
  if (flags.file.includes('-')) throw messages.createError('error.readTwice');
  const simulation = await import('../../simulation/index.js');
  const files = await feedFiles(flags.file);
  const definition = await definitionIn(flags.definition);
  await using source = await openVersion(command, flags, definition);
  const otherFlags = { ...flags, source: flags.diff, program: source.rules.label };
  const otherDefinition = (await definitionIn(flags['diff-definition'])) ?? definition;
  await using other = await openVersion(command, otherFlags, otherDefinition);
  const records: ExplainedRecord[] = [];
  const compared = await simulation.compareRules(
    { source, other },
    {
      ...{ signal, batchSize: flags['batch-size'], limit: flags.limit },
      openFeeds: () => simulation.openFeeds({ ...flags, files }),
      onTransaction: (each) => records.push(explainedRecord(each)),
    },
  );
  if (!compared) throw interruptedError(messages.getMessages('error.notCompared.actions'));
  const totals = simulationTotals(compared.simulation);
  const difference = differenceRecord(compared.difference, { source: flags.source, other: flags.diff });
  const lines = [...differenceLines(difference, records.length), ...rowLines(totals)];
  for (const line of [...lines, '', ...wrapped(messages.getMessage('info.nothingWritten'), '')]) command.log(line);
  const counts = countBy(records, simulationStatuses);
  const failsInOther = difference.failures.filter(({ failsIn }) => failsIn === 'other').length;
  const refused = counts.failed + counts.unmatched + totals.rejected.length + failsInOther;
  const result = { program: source.program, records, counts, totals, difference };
  return { result, exitCode: exitCodeOf({ refused, open: 0 }) };
}
