import type { LoyaltyClient } from '../../client/index.js';
import type { Batch, BulkJobs, ItemFailure, Outbox, Outcome, OutboxItem } from '../../outbox/index.js';
import { itemFailure } from '../attempt.js';
import type { BatchSender } from '../batchSender.js';
import type { DeliveryState } from '../deliveryState.js';
import type { Patience } from '../patientReads.js';
import type { RecordWriter, WrittenRecord } from '../routes/recordWriter.js';
import type { FailedItem, Unrun } from '../routes/route.js';
import { BatchJobDriver } from './batchJobDriver.js';
import { defaultDefinition } from './bulkSetup.js';
import { arrangeRows } from './bulkRows.js';
import { IngestDriver, stillOpen } from './ingestDriver.js';
import type { IngestedRows } from './ingestDriver.js';
import { refuseNullMarkers } from './nullMarker.js';

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
  readonly #context: BulkContext;
  readonly #jobs: BulkJobs;
  readonly #ingest: IngestDriver;
  readonly #batch: BatchJobDriver;

  constructor(state: DeliveryState, context: BulkContext) {
    this.#state = state;
    this.#context = context;
    this.#jobs = context.outbox.bulkJobs;
    this.#ingest = new IngestDriver({ ...context, jobs: this.#jobs, state });
    const { batchJob: definition = defaultDefinition } = context;
    this.#batch = new BatchJobDriver({ ...context, definition, state });
  }

  /**
   * Sends a batch whose intent is stored, and stores the outcome of every item.
   * @param single settles rows that were refused
   */
  async send({ items }: Batch, single: BatchSender): Promise<void> {
    await this.#state.underWay(items.length, async () => {
      const asked = await this.#state.ask(() => this.#context.writer.write(items));
      if ('failure' in asked) return this.#keepBack(items, asked.failure);
      const barred = await this.#state.mayLeave();
      if (barred) return this.#keepBack(items, barred);
      const { records, unwritten } = refuseNullMarkers(asked.answer);
      const { rows, rest } = arrangeRows(records);
      if (rest.length > 0)
        await this.#keepBack(
          rest.map(({ item }) => item),
          later,
        );
      await single.settleFailed(unwritten);
      await this.#sendRows(rows, single);
    });
  }

  async #sendRows(rows: readonly WrittenRecord[], single: BatchSender): Promise<void> {
    const inserted: Unrun[] = [];
    const refused: FailedItem[] = [];
    const unclear: WrittenRecord[] = [];
    let left = rows;
    let since: string | undefined;
    let because: ItemFailure | undefined;
    for (let round = 0; left.length > 0 && round < mostRounds && !this.#state.isOver; round++) {
      const result = await this.#ingest.insert(left);
      if (result === stillOpen) return;
      if ('nothing' in result) {
        because = result.nothing;
        if (inserted.length === 0)
          return this.#keepBack(
            left.map(({ item }) => item),
            because,
          );
        break;
      }
      inserted.push(...result.inserted);
      unclear.push(...result.unclear);
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
    const outcomes = await this.#batch.run(inserted, since ?? '');
    const now = this.#state.clock.monotonic();
    await this.#settle([
      ...outcomes,
      ...unclear.map(({ item }): Outcome => ({ item, to: 'unknown', until: now })),
      ...left.map(({ item }): Outcome => ({ item, to: 'ready', until: 0, failure: because })),
    ]);
    await single.settleFailed(refused);
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
    const unrun = new Map<number, Unrun>();
    const items = new Map<number, OutboxItem>();
    const times: string[] = [];
    for (const { id, items: own } of jobs) {
      const info = await this.#ingest.ended(id, 'Aborted');
      if (info === stillOpen) return false;
      for (const item of own) items.set(item.seq, item);
      const rows = own.map((item) => ({ item, fields: { ExternalTransactionNumber: this.#numberOf(item) } }));
      const { inserted, since } = await this.#ingest.results(id, info, rows);
      for (const each of inserted) unrun.set(each.item.seq, each);
      if (since !== '') times.push(since);
    }
    const [since] = times.sort();
    const outcomes = await this.#batch.run([...unrun.values()], since ?? '');
    const until = this.#state.clock.monotonic();
    const others = [...items.values()].filter(({ seq }) => !unrun.has(seq));
    await this.#settle([...outcomes, ...others.map((item): Outcome => ({ item, to: 'unknown', until }))]);
    await this.#endJobs();
    return true;
  }

  #numberOf(item: OutboxItem): string {
    return String(this.#state.journals.toJournal(item).ExternalTransactionNumber);
  }

  /** Divides rows that failed into those that are written again, and those that are not. */
  #divided(
    { failed, left }: IngestedRows,
    rows: readonly WrittenRecord[],
  ): { readonly again: readonly WrittenRecord[]; readonly forGood: readonly FailedItem[] } {
    const forGood = failed.filter(({ failure }) => failure.kind === 'refused');
    const open = new Set(failed.flatMap(({ item, failure }) => (failure.kind === 'refused' ? [] : item.seq)));
    for (const { item } of left) open.add(item.seq);
    return { again: rows.filter(({ item }) => open.has(item.seq)), forGood };
  }

  /** The first ones that a process confirms are looked up. */
  async #settle(outcomes: readonly Outcome[]): Promise<void> {
    const done = outcomes.filter(({ to }) => to === 'done');
    const others = outcomes.filter(({ to }) => to !== 'done');
    const checked = await this.#state.confirmed(done.slice(0, controlled));
    await this.#state.settle([...checked, ...done.slice(controlled), ...others]);
  }

  async #endJobs(): Promise<void> {
    const jobs = await this.#jobs.unended();
    await this.#jobs.end(jobs.map(({ id }) => id));
  }

  async #keepBack(items: readonly OutboxItem[], failure: ItemFailure): Promise<void> {
    await this.#state.settle(items.map((item) => ({ item, to: 'ready', until: 0, failure, neverLeft: true })));
  }
}

const controlled = 200;
const pause = { base: 400, atLeast: 0 };
const later: ItemFailure = {
  code: 'NEXT_JOB',
  message: 'It goes into the next job, so that its member is in one batch.',
};

function itemFailureOf({ failed }: IngestedRows): ItemFailure | undefined {
  const last = failed.findLast(({ failure }) => failure.kind !== 'refused');
  return last && itemFailure(last.failure);
}
