import type { LoyaltyClient } from '../../client/index.js';
import type { BareItem, BareOutcome, Batch, BulkJobs, ItemFailure, Outbox, Outcome } from '../../outbox/index.js';
import { itemFailure } from '../attempt.js';
import type { BatchSender } from '../batchSender.js';
import type { DeliveryState } from '../deliveryState.js';
import type { Patience } from '../patientReads.js';
import type { RecordWriter } from '../routes/recordWriter.js';
import { arrangeRows } from './arrangeRows.js';
import { BatchJobDriver } from './batchJobDriver.js';
import type { Ran } from './batchJobDriver.js';
import { BulkCsv } from './bulkCsv.js';
import { defaultDefinition } from './bulkSetup.js';
import { BulkWriter } from './bulkWriter.js';
import { IngestDriver, stillOpen } from './ingestDriver.js';
import { JobRows } from './jobRows.js';
import type { EndedRow, RowFate } from './jobRows.js';
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
}

/** Rows that an ingest job was to insert: {@link JobRows} has what became of them. */
interface Inserted {
  /** No journal is older, by the org's clock. Undefined if none was inserted. */
  readonly since: string | undefined;
  /** Why some are left. */
  readonly because: ItemFailure | undefined;
}

/** What is settled. */
interface Settling {
  readonly rows: JobRows;
  readonly ran: Ran;
  /** What becomes of an item that was not inserted. Undefined if it is settled elsewhere. */
  readonly otherwise: (item: BareItem, fate: RowFate) => BareOutcome | undefined;
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
    this.#writer = new BulkWriter({
      writer: context.writer,
      delivery: state.delivery,
      journals: state.journals,
    });
    this.#ingest = new IngestDriver({ ...context, jobs: this.#jobs, state });
    const { batchJob: definition = defaultDefinition } = context;
    this.#batch = new BatchJobDriver({ ...context, definition, state });
  }

  /**
   * Sends a batch whose intent is stored, and stores the outcome of every item.
   * @param single settles rows that were refused
   */
  async send({ items }: Batch<number>, single: BatchSender): Promise<void> {
    await this.#state.underWay(items.length, async () => {
      using rows = new JobRows();
      const inserted = await this.#write(items, { rows, single });
      if (inserted) await this.#run(items, { rows, single, inserted });
    });
  }

  /** Makes the items of a batch ready again that will not be sent. */
  async takeBack({ items }: Batch<number>): Promise<void> {
    await this.#keepBack(items);
  }

  /** Writes items into the org. Undefined if there is nothing to run. */
  async #write(items: readonly number[], { rows, single }: Sending): Promise<Inserted | undefined> {
    const csv = new BulkCsv();
    const asked = await this.#state.ask(() => this.#writer.write(items, csv, rows));
    if ('failure' in asked) return this.#keepBack(items, asked.failure);
    const barred = await this.#state.mayLeave();
    if (barred) return this.#keepBack(items, barred);
    const { items: arranged, rest } = arrangeRows(rows.byMember());
    if (rest.length > 0) {
      rows.remove(rest);
      await this.#keepBack(rest, later);
    }
    await single.settleFailed(asked.answer);
    return this.#insert(arranged, csv, rows);
  }

  async #insert(items: readonly number[], csv: BulkCsv, rows: JobRows): Promise<Inserted | undefined> {
    let left = items;
    let since: string | undefined;
    let because: ItemFailure | undefined;
    for (let round = 0; left.length > 0 && round < mostRounds && !this.#state.isOver; round++) {
      const result = await this.#ingest.insert(left, csv, rows);
      if (result === stillOpen) return undefined;
      if ('nothing' in result) {
        because = result.nothing;
        if (round === 0) return this.#keepBack(left, because);
        break;
      }
      since ??= result.since;
      const open = rows.open();
      left = left.filter((item) => open.has(item));
      const failure = rows.whyAgain();
      because = failure ? itemFailure(failure) : because;
      if (left.length > 0)
        await this.#state.clock.sleep(
          this.#state.pace.retryAt(round + 1, pause) - this.#state.clock.monotonic(),
          this.#state.signal,
        );
    }
    return { since, because };
  }

  async #run(items: readonly number[], { rows, single, inserted }: Sending & { inserted: Inserted }): Promise<void> {
    const ran = await this.#runStored(rows, inserted.since);
    const until = this.#state.clock.monotonic();
    const otherwise = (item: BareItem, fate: RowFate): BareOutcome | undefined => {
      if (fate === 'refused') return undefined;
      if (fate === 'unclear') return { item, to: 'unknown', until };
      return { item, to: 'ready', until: 0, failure: inserted.because };
    };
    await this.#settle(items, { rows, ran, otherwise });
    await this.#settleRefused(rows, single);
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
    for (const { id, items } of jobs) {
      const info = await this.#ingest.ended(id, 'Aborted');
      if (info === stillOpen) return false;
      await this.#addRows(items, rows);
      rows.uploaded(items);
      await this.#ingest.results(id, info, rows);
      if (info) times.push(info.createdDate);
    }
    const [since] = times.sort();
    const ran = await this.#runStored(rows, since);
    const until = this.#state.clock.monotonic();
    const items = [...new Set(jobs.flatMap((job) => job.items))];
    await this.#settle(items, { rows, ran, otherwise: (item) => ({ item, to: 'unknown', until }) });
    await this.#endJobs();
    return true;
  }

  /** Runs the journals of rows that were inserted. */
  async #runStored(rows: JobRows, since = ''): Promise<Ran> {
    const ids = () => rows.journals().map(({ journalId }) => journalId);
    return this.#batch.run({ count: rows.count('inserted'), ids }, since);
  }

  async #addRows(items: readonly number[], rows: JobRows): Promise<void> {
    for await (const some of stretches(items, stretch)) {
      for (const item of await this.#state.delivery.readBare(some)) {
        rows.add({ item: item.seq, number: this.#state.journals.numberOf(item), member: item.member });
      }
    }
  }

  /**
   * Stores what became of these items, in stretches of the order in which they were packed. The first ones that a process
   * confirms are looked up.
   */
  async #settle(items: readonly number[], { rows, ran, otherwise }: Settling): Promise<void> {
    const until = this.#state.clock.monotonic();
    const outcomeOf = (item: BareItem, { fate, journalId }: EndedRow): BareOutcome | undefined => {
      if (journalId === undefined) return otherwise(item, fate);
      if (ran.hasRun(journalId)) return { item, to: 'done', journalId, found: false };
      return { item, to: 'unknown', until, ...(ran.failure && { failure: ran.failure }) };
    };
    const confirmed = await this.#confirmFirst(rows, ran);
    for await (const some of stretches(items, stretch)) {
      const fates = rows.fatesOf(some);
      const bare = await this.#state.delivery.readBare(some.filter((item) => fates.has(item)));
      const outcomes = bare.flatMap((item) => {
        const ended = fates.get(item.seq);
        return confirmed.get(item.seq) ?? (ended && outcomeOf(item, ended)) ?? [];
      });
      await this.#state.settle(outcomes);
    }
  }

  /** Looks the first journals up that have run. Returns what became of their items. */
  async #confirmFirst(rows: JobRows, ran: Ran): Promise<ReadonlyMap<number, Outcome>> {
    const first = rows
      .journals()
      .filter(({ journalId }) => ran.hasRun(journalId))
      .take(controlled)
      .toArray();
    const items = await this.#state.delivery.read(first.map(({ item }) => item));
    const done = items.map((item, index): Outcome => ({
      item,
      to: 'done',
      journalId: first[index]?.journalId,
      found: false,
    }));
    return new Map((await this.#state.confirmed(done)).map((outcome) => [outcome.item.seq, outcome]));
  }

  async #settleRefused(rows: JobRows, single: BatchSender): Promise<void> {
    for await (const some of stretches(rows.refused(), stretch)) {
      const items = await this.#state.delivery.read(some);
      await single.settleFailed(
        items.flatMap((item) => {
          const failure = rows.failureOf(item.seq);
          return failure ? { item, failure } : [];
        }),
      );
    }
  }

  async #endJobs(): Promise<void> {
    const jobs = await this.#jobs.unended();
    await this.#jobs.end(jobs.map(({ id }) => id));
  }

  async #keepBack(items: readonly number[], failure?: ItemFailure): Promise<undefined> {
    for await (const some of stretches(items, stretch)) {
      const bare = await this.#state.delivery.readBare(some);
      await this.#state.settle(bare.map((item) => ({ item, to: 'ready', until: 0, failure, neverLeft: true })));
    }
  }
}

/** What a job is sent with. */
interface Sending {
  readonly rows: JobRows;
  readonly single: BatchSender;
}

const controlled = 200;
/** Items that are read, and settled, together. What is lost in between is found by the next process. */
const stretch = 2000;
const pause = { base: 400, atLeast: 0 };
const later: ItemFailure = {
  code: 'NEXT_JOB',
  message: 'It goes into the next job, so that its member is in one batch.',
};
