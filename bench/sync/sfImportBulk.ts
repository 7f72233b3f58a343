/**
 * Back-filling as the Salesforce CLI does it: a file with the records, `sf data import bulk`, then the org's batch job.
 * What the job could not write is left out, as the command reports it. Its argument is a {@link LoopTask} as JSON; it
 * sends a {@link LoopResult} to its parent, whose memory is that of the command: this process only writes the file.
 */
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import { Connection } from 'jsforce';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { journalMaker, runBatchJob } from './backFill.js';
import { runSf } from './installedSf.js';
import type { LoopResult, LoopTask } from './jsforceLoop.js';

/** How the command names its error when the org has refused some of the records. */
const someRefused = 'FailedRecordDetailsError';

const { url, accessToken, file } = JSON.parse(process.argv[2] ?? '') as LoopTask;
const connection = new Connection({ instanceUrl: url, accessToken, version: '66.0' });
const home = await mkdtemp(join(tmpdir(), 'loyalty-bench-'));
try {
  const records = join(home, 'journals.csv');
  await write(records);
  const where = ['--target-org', accessToken, '--api-version', '66.0'];
  const what = ['--file', records, '--sobject', 'TransactionJournal', '--line-ending', 'LF'];
  const { answer, peakMegabytes } = await runSf(home, url, [
    'data',
    'import',
    'bulk',
    ...where,
    ...what,
    '--wait',
    '60',
  ]);
  if (answer.status !== 0 && answer.name !== someRefused) throw new Error(`${answer.name}: ${answer.message}`);
  await runBatchJob(connection);
  // From the start of this process, as the command beside it is timed.
  const seconds = performance.now() / 1000;
  process.send?.({ seconds, peakMegabytes, givenUp: answer.status === 0 ? 0 : 1 } satisfies LoopResult);
} finally {
  await rm(home, { recursive: true });
}

async function write(path: string): Promise<void> {
  const toJournal = await journalMaker(connection);
  const rows = createReadStream(file).pipe(parse({ columns: true, bom: true }));
  const journals = async function* (): AsyncGenerator<object> {
    for await (const row of rows as AsyncIterable<Record<string, string>>) yield toJournal(row);
  };
  await pipeline(journals, stringify({ header: true }), createWriteStream(path));
}
