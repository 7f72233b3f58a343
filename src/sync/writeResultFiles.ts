import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCsv } from '../base/writeCsv.js';
import { itemStates, type Outbox } from '../outbox/index.js';

/** Columns of `rejects.csv`: rows of the feed that somebody should hear of, with their text as it was. */
const rejectColumns = ['kind', 'feed', 'line', 'key', 'member', 'column', 'value', 'code', 'message', 'raw'];
/** Columns of `transactions.csv`: what became of every transaction of the run. */
const transactionColumns = [
  ...['key', 'member', 'state', 'origin', 'journalId', 'found', 'effect'],
  ...['attempts', 'tries', 'retries', 'code', 'message'],
];

/**
 * Writes what became of every row and transaction of a run, row by row, as `rejects.csv` and `transactions.csv`.
 * Memory does not grow with the run. Only the owner can read the files: they hold purchases.
 */
export async function writeResults(outbox: Outbox, run: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeCsv(join(folder, 'rejects.csv'), rejectColumns, outbox.runs.lines(run));
  await writeCsv(join(folder, 'transactions.csv'), transactionColumns, outbox.runs.items(run, itemStates));
}
