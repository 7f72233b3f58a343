import type { Clock } from '../../base/clock.js';
import { CsvReader } from '../../base/csv/csv.js';
import type { CsvRow } from '../../base/csv/csv.js';
import { PollPauses } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import { BulkQueryFailedError } from '../insightErrors.js';

export interface BulkQueryContext {
  readonly client: LoyaltyClient;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

export interface BulkQuestion {
  readonly soql: string;
  /** Number of records that are expected. Decides how often the job is asked. */
  readonly rows: number;
}

/** A record, by the paths of its fields as the query spells them. */
export type BulkRow = Readonly<Record<string, string | null>>;

/**
 * Runs a query as a bulk job, and gives its records to `take` as they come. The job is removed at the end, whatever
 * happens.
 * @throws {BulkQueryFailedError} if the org ends the job without a result, or a page cannot be read
 */
export async function readBulkQuery(
  { soql, rows }: BulkQuestion,
  context: BulkQueryContext,
  take: (row: BulkRow) => void,
): Promise<void> {
  const { bulkQueries } = context.client;
  const { id } = await bulkQueries.create(soql);
  try {
    await ended(id, rows, context);
    for await (const address of bulkQueries.pages(id)) {
      const page = new BulkPage(id, take);
      await bulkQueries.page(address, (part) => page.push(part));
      page.end();
    }
  } finally {
    // The org forgets it by itself after seven days.
    await bulkQueries.remove(id).catch(() => undefined);
  }
}

async function ended(id: string, rows: number, { client, clock, signal }: BulkQueryContext): Promise<void> {
  const pauses = new PollPauses(rows);
  for (let share = 0; ;) {
    await clock.sleep(pauses.next(share), signal);
    signal?.throwIfAborted();
    const { state, errorMessage, numberRecordsProcessed } = await client.bulkQueries.status(id);
    if (state === 'JobComplete') return;
    if (state === 'Failed' || state === 'Aborted') throw new BulkQueryFailedError(id, errorMessage ?? state);
    share = Math.min(1, (numberRecordsProcessed ?? 0) / rows);
  }
}

/** The CSV of a page, whose bytes come in parts. */
class BulkPage {
  readonly #id: string;
  readonly #take: (row: BulkRow) => void;
  readonly #reader = new CsvReader();
  #header: readonly string[] | undefined;

  constructor(id: string, take: (row: BulkRow) => void) {
    this.#id = id;
    this.#take = take;
  }

  push(part: Uint8Array): void {
    this.#add(this.#reader.push(part));
  }

  end(): void {
    this.#add(this.#reader.end());
  }

  #add(rows: readonly CsvRow[]): void {
    for (const { cells, issue } of rows) {
      if (issue) throw new BulkQueryFailedError(this.#id, `a row of its result ${issue.detail}`);
      if (this.#header) this.#take(Object.fromEntries(this.#header.map((name, index) => [name, cells[index] ?? null])));
      else this.#header = cells.map((cell) => cell ?? '');
    }
  }
}
