/**
 * Back-filling as the bulk API of jsforce does it: one job with all rows, then the org's batch job. What the job could
 * not write is left out, as jsforce reports it and goes on. Its argument is a {@link LoopTask} as JSON; it sends a
 * {@link LoopResult} to its parent.
 */
import { parse } from 'csv-parse/sync';
import { Connection } from 'jsforce';
import { DateTime } from 'luxon';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoopResult, LoopTask } from './jsforceLoop.js';
import { peakMegabytes } from './peakMemory.js';

const { url, accessToken, file } = JSON.parse(process.argv[2] ?? '') as LoopTask;
const connection = new Connection({ instanceUrl: url, accessToken, version: '66.0' });
connection.bulk2.pollTimeout = 600_000;
connection.bulk2.pollInterval = 1000;

const startedAt = performance.now();
let givenUp: number;
const ids = new Map<string, string>();
const { records: members } = await connection.query('SELECT Id, MembershipNumber FROM LoyaltyProgramMember', {
  maxFetch: 1_000_000,
  autoFetch: true,
});
for (const row of members) ids.set(String(row['MembershipNumber']), String(row['Id']));
const { records: types } = await connection.query(`SELECT Id FROM JournalType WHERE Name = 'Accrual'`);
const { records: subTypes } = await connection.query(`SELECT Id FROM JournalSubType WHERE Name = 'Purchase'`);
const { records: programs } = await connection.query('SELECT Id FROM LoyaltyProgram');
const times = new Map<string, number>();
const journals = parse<Record<string, string>>(await readFile(file), { columns: true, bom: true }).map((row) => {
  const natural = `${row['Receipt']}:${row['Product']}`;
  times.set(natural, (times.get(natural) ?? 0) + 1);
  return {
    Status: 'Pending',
    ExternalTransactionNumber: `harbour:${natural}:${times.get(natural)}`,
    MemberId: ids.get(row['Member'] ?? ''),
    LoyaltyProgramId: programs[0]?.['Id'] as string,
    JournalTypeId: types[0]?.['Id'] as string,
    JournalSubTypeId: subTypes[0]?.['Id'] as string,
    ActivityDate: DateTime.fromFormat(row['Date'] ?? '', 'd/M/yyyy HH:mm', { zone: 'Europe/London' })
      .toUTC()
      .toISO(),
    TransactionAmount: (Number(row['Quantity']) * Number(row['UnitPrice'])).toFixed(2),
    Quantity: row['Quantity'],
    TransactionLocation: row['Store'],
    Comment: row['Description'],
  };
});
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
await runBatchJob();
const seconds = (performance.now() - startedAt) / 1000;
process.send?.({ seconds, peakMegabytes: peakMegabytes(), givenUp } satisfies LoopResult);

async function runBatchJob(): Promise<void> {
  const path = '/actions/custom/batchJobAction/Process_Transaction_Journals';
  const [{ outputValues }] = await connection.requestPost<[{ outputValues: { batchJobId: string } }]>(path, {
    inputs: [{}],
  });
  for (;;) {
    const { records } = await connection.query(`SELECT Status FROM BatchJob WHERE Id = '${outputValues.batchJobId}'`);
    if (['Completed', 'CompletedWithFailures', 'Failed'].includes(String(records[0]?.['Status']))) return;
    await sleep(1000);
  }
}
