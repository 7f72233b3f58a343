import type { LoyaltyClient } from '../../client/index.js';
import type { BareItem, BareOutcome, BulkJobs, Outbox, PositionBatch } from '../../outbox/index.js';
import type { BatchSender } from '../batchSender.js';
import type { DeliveryState } from '../deliveryState.js';
import type { Patience } from '../patientReads.js';
import type { RecordWriter } from '../routes/recordWriter.js';
import { BatchJobDriver } from './batchJobDriver.js';
import type { Ran } from './batchJobDriver.js';
import { defaultDefinition } from './bulkSetup.js';
import { BulkWriter } from './bulkWriter.js';
import { IngestDriver, stillOpen } from './ingestDriver.js';
import { JobRows } from './jobRows.js';
import type { RowFate } from './jobRows.js';
import { keepBack, settledTogether } from './keepBack.js';
import { RowInserter } from './rowInserter.js';
import type { Inserted, Sending } from './rowInserter.js';
import { RowSettler } from './rowSettler.js';
import { stretches } from './stretches.js';

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
  /** Rows of an internal batch of an ingest job. */
  readonly internalBatch?: number | undefined;
}

/**
 * Sends many items by an ingest job, and runs them by a batch job. Rows that the org could not write for now get another
 * job before anything is run, so that no later row of a member is run before an earlier one.
 *
 * After a kill, the next process asks for the job by its Id and goes on where it ended: see {@link BulkSender.adopt}.
 */
export class BulkSender {
  readonly #state: DeliveryState;
  readonly #jobs: BulkJobs;
  readonly #inserter: RowInserter;
  readonly #ingest: IngestDriver;
  readonly #batch: BatchJobDriver;

  constructor(state: DeliveryState, context: BulkContext) {
    this.#state = state;
    this.#jobs = context.outbox.bulkJobs;
    this.#ingest = new IngestDriver({ ...context, jobs: this.#jobs, state });
    const writer = new BulkWriter({ writer: context.writer, delivery: state.delivery, journals: state.journals });
    const { internalBatch } = context;
    this.#inserter = new RowInserter({ state, writer, ingest: this.#ingest, internalBatch });
    const { batchJob: definition = defaultDefinition } = context;
    this.#batch = new BatchJobDriver({ ...context, definition, state });
  }

  /**
   * Sends a batch whose intent is stored, and stores the outcome of every item.
   * @param refusals settles rows that were refused
   */
  async send(batch: PositionBatch, refusals: BatchSender): Promise<void> {
    await this.#state.underWay(batch.items.length, async () => {
      using rows = new JobRows();
      const inserted = await this.#inserter.insert(batch, { rows, refusals });
      if (inserted) await this.#run(batch.items, { rows, refusals, inserted });
    });
  }

  /** Makes the items of a batch ready again that will not be sent. */
  async takeBack({ items }: PositionBatch): Promise<void> {
    await keepBack(this.#state, items);
  }

  async #run(items: readonly number[], { rows, refusals, inserted }: Sending & { inserted: Inserted }): Promise<void> {
    const settler = new RowSettler(this.#state, { items, rows });
    const ran = await this.#runAndPrepare(rows, inserted, settler);
    // The next process waits for it, as for the ingest jobs.
    if (ran.isUnderWay) return;
    const until = this.#state.clock.monotonic();
    const otherwise = (item: BareItem, fate: RowFate): BareOutcome | undefined => {
      if (fate === 'refused') return undefined;
      if (fate === 'unclear') return { item, to: 'unknown', until };
      return { item, to: 'ready', until: 0, failure: inserted.because };
    };
    await settler.settle({ ran, otherwise });
    await this.#settleRefused(items, { rows, refusals });
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
    using rows = new JobRows();
    const times: string[] = [];
    const items = [...new Set(jobs.flatMap((job) => job.items))];
    const rowOf = new Map(items.map((item, row) => [item, row]));
    await this.#addRows(items, rows);
    for (const { id, items: uploaded } of jobs) {
      const info = await this.#ingest.ended(id, 'Aborted');
      if (info === stillOpen) return false;
      rows.uploaded(uploaded.flatMap((item) => rowOf.get(item) ?? []));
      await this.#ingest.results(id, info, rows);
      if (info) times.push(info.createdDate);
    }
    const [since] = times.sort();
    const ran = await this.#runStored(rows, since);
    if (ran.isUnderWay) return false;
    const until = this.#state.clock.monotonic();
    const settler = new RowSettler(this.#state, { items, rows });
    await settler.settle({ ran, otherwise: (item) => ({ item, to: 'unknown', until }) });
    await this.#endJobs();
    return true;
  }

  /**
   * While the org runs the journals, which takes it longer, reads which Ids they have and makes ready what is stored if it
   * runs all of them.
   */
  async #runAndPrepare(rows: JobRows, { since, unread }: Inserted, settler: RowSettler): Promise<Ran> {
    const reading = this.#ingest.readIds(unread, rows);
    const running = this.#runStored(rows, since, reading);
    const preparing = reading.then(() => settler.prepare());
    await Promise.allSettled([running, preparing]);
    await preparing;
    return running;
  }

  /**
   * Runs the journals of rows that were inserted.
   * @param named resolves when their Ids are known
   */
  async #runStored(rows: JobRows, since = '', named = Promise.resolve()): Promise<Ran> {
    const ids = async () => {
      await named;
      return rows.journals().map(({ journalId }) => journalId);
    };
    return this.#batch.run({ count: rows.count('inserted'), ids }, since);
  }

  async #addRows(items: readonly number[], rows: JobRows): Promise<void> {
    let row = 0;
    for await (const some of stretches(items, settledTogether)) {
      for (const item of await this.#state.delivery.readBare(some)) {
        rows.add({ row, number: this.#state.journals.numberOf(item) });
        row += 1;
      }
    }
  }

  async #settleRefused(items: readonly number[], { rows, refusals }: Sending): Promise<void> {
    for await (const some of stretches(rows.refused(), settledTogether)) {
      const whole = await this.#state.delivery.read(some.flatMap((row) => items[row] ?? []));
      await refusals.settleFailed(
        whole.flatMap((item, index) => {
          const failure = rows.failureOf(some[index] ?? NaN);
          return failure ? { item, failure } : [];
        }),
      );
    }
  }

  async #endJobs(): Promise<void> {
    const jobs = await this.#jobs.unended();
    await this.#jobs.end(jobs.map(({ id }) => id));
  }
}
