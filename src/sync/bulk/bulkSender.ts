import type { LoyaltyClient } from '../../client/index.js';
import type { BareItem, BareOutcome, Batch, BulkJobs, ItemFailure, Outbox, OutboxItem } from '../../outbox/index.js';
import { itemFailure } from '../attempt.js';
import type { BatchSender } from '../batchSender.js';
import type { DeliveryState } from '../deliveryState.js';
import type { Patience } from '../patientReads.js';
import type { RecordWriter } from '../routes/recordWriter.js';
import type { FailedItem, Unrun } from '../routes/route.js';
import { BatchJobDriver } from './batchJobDriver.js';
import { BulkCsv } from './bulkCsv.js';
import type { JobRow } from './bulkCsv.js';
import { arrangeRows } from './bulkRows.js';
import { defaultDefinition } from './bulkSetup.js';
import { BulkWriter } from './bulkWriter.js';
import { IngestDriver, stillOpen } from './ingestDriver.js';
import type { IngestedRows } from './ingestDriver.js';

export interface BulkContext {
  readonly client: LoyaltyClient;
  readonly outbox: Pick<Outbox, 'bulkJobs'>;
  readonly writer: RecordWriter;
  readonly programId: string;
  /** Name of the definition of the batch job that runs Pending journals. */
  readonly batchJob?: string | undefined;
  readonly patience: Patience;
  /** Most bytes of an upload. */
  readonly mostUpload?: number | undefined;
}

/** What the org has of items that were to be inserted. */
interface Inserted {
  readonly inserted: readonly Unrun<BareItem>[];
  readonly refused: readonly FailedItem<BareItem>[];
  /** Items of which the org says nothing. */
  readonly unclear: readonly BareItem[];
  /** Items that are sent later. */
  readonly left: readonly BareItem[];
  /** No journal is older, by the org's clock. Undefined if none was inserted. */
  readonly since: string | undefined;
  /** Why some are left. */
  readonly because: ItemFailure | undefined;
}

/** How often rows that could not be written for now are written again, before what was written is run. */
const mostRounds = 5;

/**
 * Sends many items by an ingest job, and runs them by a batch job. Rows that the org could not write for now get another
 * job before anything is run, so that no later row of a member is run before an earlier one.
 *
 * After a kill, the next process asks for the job by its Id and goes on where it ended: see {@link BulkSender.adopt}.
 */
export class BulkSender {
  readonly #state: DeliveryState;
  readonly #jobs: BulkJobs;
  readonly #writer: BulkWriter;
  readonly #ingest: IngestDriver;
  readonly #batch: BatchJobDriver;

  constructor(state: DeliveryState, context: BulkContext) {
    this.#state = state;
    this.#jobs = context.outbox.bulkJobs;
    this.#writer = new BulkWriter(context.writer, state.delivery);
    this.#ingest = new IngestDriver({ ...context, jobs: this.#jobs, state });
    const { batchJob: definition = defaultDefinition } = context;
    this.#batch = new BatchJobDriver({ ...context, definition, state });
  }

  /**
   * Sends a batch whose intent is stored, and stores the outcome of every item.
   * @param single settles rows that were refused
   */
  async send({ items }: Batch<BareItem>, single: BatchSender): Promise<void> {
    await this.#state.underWay(items.length, async () => {
      const inserted = await this.#write(items, single);
      if (inserted) await this.#run(items, inserted, single);
    });
  }

  /** Writes items into the org. Undefined if there is nothing to run. The rows are not in memory any more then. */
  async #write(items: readonly BareItem[], single: BatchSender): Promise<Inserted | undefined> {
    const csv = new BulkCsv();
    const asked = await this.#state.ask(() => this.#writer.write(items, csv));
    if ('failure' in asked) return this.#keepBack(items, asked.failure);
    const barred = await this.#state.mayLeave();
    if (barred) return this.#keepBack(items, barred);
    const { rows, rest } = arrangeRows(asked.answer.rows);
    if (rest.length > 0) await this.#keepBack(itemsOf(rest), later);
    await single.settleFailed(asked.answer.unwritten);
    return this.#insert(rows, csv);
  }

  async #insert(rows: readonly JobRow[], csv: BulkCsv): Promise<Inserted | undefined> {
    const inserted: Unrun<BareItem>[] = [];
    const refused: FailedItem<BareItem>[] = [];
    const unclear: BareItem[] = [];
    let left = rows;
    let since: string | undefined;
    let because: ItemFailure | undefined;
    for (let round = 0; left.length > 0 && round < mostRounds && !this.#state.isOver; round++) {
      const result = await this.#ingest.insert(left, csv);
      if (result === stillOpen) return undefined;
      if ('nothing' in result) {
        because = result.nothing;
        if (inserted.length === 0) return this.#keepBack(itemsOf(left), because);
        break;
      }
      for (const each of result.inserted) inserted.push(each);
      unclear.push(...itemsOf(result.unclear));
      since ??= result.since;
      const { again, forGood } = this.#divided(result, left);
      refused.push(...forGood);
      left = again;
      because = itemFailureOf(result) ?? because;
      if (again.length > 0)
        await this.#state.clock.sleep(
          this.#state.pace.retryAt(round + 1, pause) - this.#state.clock.monotonic(),
          this.#state.signal,
        );
    }
    return { inserted, refused, unclear, left: itemsOf(left), since, because };
  }

  async #run(
    items: readonly BareItem[],
    { inserted, refused, unclear, left, since, because }: Inserted,
    single: BatchSender,
  ): Promise<void> {
    const outcomes = await this.#batch.run(inserted, since ?? '');
    const now = this.#state.clock.monotonic();
    await this.#settle(items, [
      ...outcomes,
      ...unclear.map((item): BareOutcome => ({ item, to: 'unknown', until: now })),
      ...left.map((item): BareOutcome => ({ item, to: 'ready', until: 0, failure: because })),
    ]);
    await single.settleFailed(await this.#whole(refused));
    await this.#endJobs();
  }

  /**
   * Goes on with jobs of a process that has died: waits for their ends, runs what they have written, and leaves
   * everything else to be looked up. An open job is ended: it has written nothing, and what it was to write is sent
   * again. Returns false if a job may still write rows, so that nothing else may be sent now.
   */
  async adopt(): Promise<boolean> {
    const jobs = await this.#jobs.unended();
    if (jobs.length === 0) return true;
    const unrun = new Map<number, Unrun<BareItem>>();
    const items = new Map<number, BareItem>();
    const times: string[] = [];
    for (const { id, items: own } of jobs) {
      const info = await this.#ingest.ended(id, 'Aborted');
      if (info === stillOpen) return false;
      for (const item of own) items.set(item.seq, item);
      const rows = own.map((item) => ({ item }));
      const { inserted, since } = await this.#ingest.results(id, info, rows);
      for (const each of inserted) unrun.set(each.item.seq, each);
      if (since !== '') times.push(since);
    }
    const [since] = times.sort();
    const outcomes = await this.#batch.run([...unrun.values()], since ?? '');
    const until = this.#state.clock.monotonic();
    const others = [...items.values()].filter(({ seq }) => !unrun.has(seq));
    await this.#settle(
      [...items.values()],
      [...outcomes, ...others.map((item): BareOutcome => ({ item, to: 'unknown', until }))],
    );
    await this.#endJobs();
    return true;
  }

  /** Divides rows that failed into those that are written again, and those that are not. */
  #divided(
    { failed, left }: IngestedRows,
    rows: readonly JobRow[],
  ): { readonly again: readonly JobRow[]; readonly forGood: readonly FailedItem<BareItem>[] } {
    const forGood = failed.filter(({ failure }) => failure.kind === 'refused');
    const open = new Set(failed.flatMap(({ item, failure }) => (failure.kind === 'refused' ? [] : item.seq)));
    for (const { item } of left) open.add(item.seq);
    return { again: rows.filter(({ item }) => open.has(item.seq)), forGood };
  }

  /**
   * Stores what became of these items, in stretches of the order in which they were packed. The first ones that a process
   * confirms are looked up.
   */
  async #settle(items: readonly BareItem[], outcomes: readonly BareOutcome[]): Promise<void> {
    const all = new Map(outcomes.map((outcome) => [outcome.item.seq, outcome]));
    const done = outcomes.filter(({ to }) => to === 'done').slice(0, controlled);
    for (const each of await this.#state.confirmed(await this.#whole(done))) all.set(each.item.seq, each);
    for (let at = 0; at < items.length; at += stretch) {
      const some = items.slice(at, at + stretch);
      await this.#state.settle(some.flatMap(({ seq }) => all.get(seq) ?? []));
    }
  }

  async #endJobs(): Promise<void> {
    const jobs = await this.#jobs.unended();
    await this.#jobs.end(jobs.map(({ id }) => id));
  }

  /** Gives items their content again. */
  async #whole<Of extends { readonly item: BareItem }>(all: readonly Of[]): Promise<(Of & { item: OutboxItem })[]> {
    const items = await this.#state.delivery.contentOf(itemsOf(all));
    return all.flatMap((each, index) => {
      const item = items[index];
      return item ? { ...each, item } : [];
    });
  }

  async #keepBack(items: readonly BareItem[], failure: ItemFailure): Promise<undefined> {
    await this.#state.settle(items.map((item) => ({ item, to: 'ready', until: 0, failure, neverLeft: true })));
    return undefined;
  }
}

const controlled = 200;
/** Items that are settled together. What is lost in between is found by the next process. */
const stretch = 10_000;
const pause = { base: 400, atLeast: 0 };
const later: ItemFailure = {
  code: 'NEXT_JOB',
  message: 'It goes into the next job, so that its member is in one batch.',
};

function itemsOf(rows: readonly { readonly item: BareItem }[]): BareItem[] {
  return rows.map(({ item }) => item);
}

function itemFailureOf({ failed }: IngestedRows): ItemFailure | undefined {
  const last = failed.findLast(({ failure }) => failure.kind !== 'refused');
  return last && itemFailure(last.failure);
}
