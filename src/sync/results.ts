import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCsv } from '../base/writeCsv.js';
import type { ItemState, Outbox } from '../outbox/index.js';

const allStates: readonly ItemState[] = ['held', 'ready', 'sent', 'unknown', 'parked', 'done', 'refused'];

/** Columns of `rejects.csv`: rows of the feed that became nothing, with their text as it was. */
const rejectColumns = ['kind', 'feed', 'line', 'key', 'column', 'value', 'code', 'message', 'raw'];
/** Columns of `transactions.csv`: what became of every transaction that was accepted in the run. */
const transactionColumns = ['key', 'member', 'state', 'journalId', 'attempts', 'retries', 'code', 'message'];

/**
 * Writes what became of every row and transaction of a run, row by row, as `rejects.csv` and `transactions.csv`.
 * Memory does not grow with the run. Only the owner can read the files: they hold purchases.
 */
export async function writeResults(outbox: Outbox, run: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeCsv(join(folder, 'rejects.csv'), rejectColumns, outbox.runs.rejects(run));
  await writeCsv(join(folder, 'transactions.csv'), transactionColumns, outbox.runs.items(run, allStates));
}
