import type { Clock } from '../../base/clock.js';
import { PollPauses } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { BulkQueryFailedError } from '../insightErrors.js';
import { BulkPageReading } from './bulkPageReading.js';
import type { BulkRow } from './bulkPageReading.js';

export interface BulkQueryContext {
  readonly client: LoyaltyClient;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

export interface BulkQuestion {
  /** `SELECT Id, JournalType.Name FROM …`: its fields separated by a comma and a blank. */
  readonly soql: string;
  /** Number of records that are expected. Decides how often the job is asked. */
  readonly rows: number;
}

/**
 * Runs a query as a bulk job, and gives its records to `take` as they come. The job is removed at the end, whatever
 * happens.
 * @throws {BulkQueryFailedError} if the org ends the job without a result, a page cannot be read, or records are missing
 */
export async function readBulkQuery(
  { soql, rows }: BulkQuestion,
  context: BulkQueryContext,
  take: (row: BulkRow) => void,
): Promise<void> {
  const { client, signal } = context;
  const { bulkQueries } = client;
  const { id } = await bulkQueries.create(soql);
  try {
    const found = await ended(id, rows, context);
    const pages = new BulkPageReading(id, soql, take);
    for await (const address of bulkQueries.pages(id)) {
      await bulkQueries.page(address, () => pages.begin(), signal);
      pages.end();
    }
    if (found !== undefined) pages.mustHave(found);
  } finally {
    // The org forgets it by itself after seven days.
    await bulkQueries.remove(id).catch(() => undefined);
  }
}

/** @returns the number of records that the org has found, if it tells it */
async function ended(
  id: string,
  rows: number,
  { client, clock, signal }: BulkQueryContext,
): Promise<number | undefined> {
  const pauses = new PollPauses(rows);
  for (let share = 0; ;) {
    await clock.sleep(pauses.next(share), signal);
    signal?.throwIfAborted();
    const { state, errorMessage, numberRecordsProcessed } = await client.bulkQueries.status(id);
    if (state === 'JobComplete') return numberRecordsProcessed ?? undefined;
    if (state === 'Failed' || state === 'Aborted') throw new BulkQueryFailedError(id, errorMessage ?? state);
    share = Math.min(1, (numberRecordsProcessed ?? 0) / rows);
  }
}
