import { Messages } from '@salesforce/core';
import { countBy } from '../counts.js';
import type { Conclusion } from '../concludeCommand.js';
import { exitCodeOf } from '../errors/exitCodes.js';
import { simulationStatuses } from '../results/simulationResults.js';
import type { SimulateTransactionsResult } from '../results/simulationResults.js';
import { feedFiles } from '../sync/feedFiles.js';
import { wrapped } from '../terminal/terminalText.js';
import { compareFile } from './compareFile.js';
import { explainedRecord, explainedRecordLines } from './explainedRecord.js';
import type { ExplainedRecord } from './explainedRecord.js';
import { definitionIn, openVersion } from './openVersion.js';
import type { FileSimulationFlags, SimulatingCommand } from './openVersion.js';
import { caseSaver, maySaveCases, savedLine } from './saveCases.js';
import { simulationTotals, totalsLines } from './simulationTotals.js';
import { whyNotCountLines } from './whyNotLines.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.rules');

/** Runs the transactions of files through the rules of a folder in a local org, and prints what they did. */
export async function simulateFile(
  command: SimulatingCommand,
  flags: FileSimulationFlags,
  signal: AbortSignal,
): Promise<Conclusion<SimulateTransactionsResult>> {
  if (flags.diff !== undefined) return compareFile(command, { ...flags, diff: flags.diff }, signal);
  const mayWrite = await maySaveCases(command, flags);
  // An org needs none of this, and it takes a while to load.
  const simulation = await import('../../simulation/index.js');
  const feeds = await simulation.openFeeds({ ...flags, files: await feedFiles(flags.file) });
  const definition = await definitionIn(flags.definition);
  await using simulated = await openVersion(command, flags, definition);
  const promotion = flags['why-not'] === undefined ? undefined : simulation.askedPromotion(simulated, flags['why-not']);
  const saver = await caseSaver(command, { ...flags, definition, mayWrite }, simulated);
  const records: ExplainedRecord[] = [];
  const done = await simulation.simulateFeeds(simulated, {
    ...{ feeds, signal, batchSize: flags['batch-size'], limit: flags.limit, onMember: saver?.onMember },
    onTransaction: (each) => {
      saver?.onTransaction(each);
      const { explained, failure } = each;
      const options = { failure, rules: simulated.rules };
      const why = promotion !== undefined && explained ? simulation.whyNot(explained, promotion, options) : undefined;
      const record = explainedRecord(each, why);
      records.push(record);
      for (const line of [...explainedRecordLines(record), '']) command.log(line);
    },
  });
  const totals = simulationTotals(done);
  const lines = [
    ...(signal.aborted ? [...wrapped(messages.getMessage('info.interrupted'), ''), ''] : []),
    ...totalsLines(totals, records.length),
    ...whyNotCountLines(promotion, records),
  ];
  for (const line of [...lines, '', ...wrapped(messages.getMessage('info.nothingWritten'), '')]) command.log(line);
  const saved = await saver?.save(done.states, signal);
  if (saved?.status === 'written') command.log(savedLine(saved, flags));
  const counts = countBy(records, simulationStatuses);
  const refused = counts.failed + counts.unmatched + totals.rejected.length + (saved?.leftOut.length ?? 0);
  const { program } = simulated;
  const result = { program, records, counts, totals, ...(saved && { saved }) };
  return { result, exitCode: exitCodeOf({ refused, open: 0 }) };
}
