/**
 * Back-filling as the bulk API of jsforce does it: one job with all rows, then the org's batch job. What the job could
 * not write is left out, as jsforce reports it and goes on. Its argument is a {@link LoopTask} as JSON; it sends a
 * {@link LoopResult} to its parent.
 */
import { parse } from 'csv-parse/sync';
import { Connection } from 'jsforce';
import { readFile } from 'node:fs/promises';
import { journalMaker, runBatchJob } from './backFill.js';
import type { LoopResult, LoopTask } from './jsforceLoop.js';
import { peakMegabytes } from './peakMemory.js';

const { url, accessToken, file } = JSON.parse(process.argv[2] ?? '') as LoopTask;
const connection = new Connection({ instanceUrl: url, accessToken, version: '66.0' });
connection.bulk2.pollTimeout = 600_000;
connection.bulk2.pollInterval = 1000;

const startedAt = performance.now();
let givenUp: number;
const toJournal = await journalMaker(connection);
const journals = parse<Record<string, string>>(await readFile(file), { columns: true, bom: true }).map(toJournal);
try {
  const { failedResults, unprocessedRecords } = await connection.bulk2.loadAndWaitForResults({
    object: 'TransactionJournal',
    operation: 'insert',
    input: journals,
  });
  givenUp = failedResults.length + unprocessedRecords.length;
} catch {
  givenUp = journals.length;
}
await runBatchJob(connection);
const seconds = (performance.now() - startedAt) / 1000;
process.send?.({ seconds, peakMegabytes: peakMegabytes(), givenUp } satisfies LoopResult);
