import type { ItemFailure, PositionBatch } from '../../outbox/index.js';
import { itemFailure } from '../attempt.js';
import type { BatchSender } from '../batchSender.js';
import type { DeliveryState } from '../deliveryState.js';
import { arrangeRows, portionsOf } from './arrangeRows.js';
import { BulkCsv } from './bulkCsv.js';
import type { BulkWriter, Writing, WrittenRows } from './bulkWriter.js';
import { stillOpen } from './ingestDriver.js';
import type { BegunJob, IngestDriver } from './ingestDriver.js';
import type { JobRows } from './jobRows.js';
import { itemsOfRows } from './itemsOfRows.js';
import { keepBack } from './keepBack.js';
import type { RowRange } from './rowRange.js';

export interface InserterParts {
  readonly state: DeliveryState;
  readonly writer: BulkWriter;
  readonly ingest: IngestDriver;
  /** Rows of an internal batch of an ingest job. */
  readonly internalBatch?: number | undefined;
}

/** Rows that ingest jobs were to insert: {@link JobRows} has what became of them. */
export interface Inserted {
  /** No journal is older, by the org's clock. Undefined if none was inserted. */
  readonly since: string | undefined;
  /** Why some are left. */
  readonly because: ItemFailure | undefined;
  /** Jobs of which the Ids of the journals are still to be read. */
  readonly unread: readonly string[];
}

/** What the items of a batch are sent with. */
export interface Sending {
  readonly rows: JobRows;
  /** Settles rows that were refused. */
  readonly refusals: BatchSender;
}

/** What the jobs of a round have become. */
type Ended = Pick<Inserted, 'since' | 'unread'>;

/** What has begun. */
interface Round {
  readonly jobs: readonly BegunJob[];
  readonly isAll: boolean;
  /** Why not all that was wanted has begun, if anything but the end of the run is the reason. */
  readonly because?: ItemFailure | undefined;
}

/** How often rows that could not be written for now are written again, before what was written is run. */
const mostRounds = 5;

/**
 * Inserts the items of a batch as rows, by one ingest job or two: while the org writes the rows of the first, those of
 * the second are made. Rows that the org could not write for now get another job.
 */
export class RowInserter {
  readonly #parts: InserterParts;

  constructor(parts: InserterParts) {
    this.#parts = parts;
  }

  /**
   * @returns undefined if there is nothing to run: the items are ready again, or a job may still write them
   */
  async insert({ items, members: shares }: PositionBatch, { rows, refusals }: Sending): Promise<Inserted | undefined> {
    const { state, writer } = this.#parts;
    const asked = await state.ask(() => writer.members(shares));
    if ('failure' in asked) return this.#keepBack(items, asked.failure);
    const members = asked.answer;
    const { rows: arranged, rest } = arrangeRows(members.rows, this.#parts.internalBatch);
    const writing = { items, members, csv: new BulkCsv(), rows };
    await this.#keepBack(itemsOfRows(rest, items), later);
    return this.#inRounds(arranged, writing, refusals);
  }

  async #inRounds(wanted: Uint32Array, writing: Writing, refusals: BatchSender): Promise<Inserted | undefined> {
    const { state } = this.#parts;
    const { rows } = writing;
    let since: string | undefined;
    let because: ItemFailure | undefined;
    let left = wanted;
    const unread: string[] = [];
    for (let round = 0; left.length > 0 && round < mostRounds && !state.isOver; round++) {
      const begun =
        round === 0
          ? await this.#writeAndBegin(left, writing, refusals)
          : await this.#begin(this.#arrange(left, writing), writing);
      if (begun === stillOpen) return undefined;
      because = begun.because ?? because;
      if (begun.jobs.length === 0 && round === 0) return undefined;
      if (begun.jobs.length === 0) break;
      const ended = await this.#finish(begun, writing);
      if (ended === stillOpen) return undefined;
      since ??= ended.since;
      unread.push(...ended.unread);
      const open = rows.open();
      left = wanted.filter((row) => open.has(row));
      const failure = rows.whyAgain();
      because = failure ? itemFailure(failure) : because;
      // What locked rows in the first jobs is mostly these jobs themselves, and they have ended.
      if (left.length > 0 && round > 0) await this.#pause(round);
    }
    return { since, because, unread };
  }

  /** Waits for the jobs of a round. */
  async #finish({ jobs, because }: Round, writing: Writing): Promise<Ended | typeof stillOpen> {
    let since: string | undefined;
    const unread: string[] = [];
    for (const [index, job] of jobs.entries()) {
      const ended = await this.#parts.ingest.finish(job, writing.rows);
      if (ended === stillOpen) return this.#leave(jobs.slice(index), because, writing);
      since ??= ended.since;
      if (ended.hasUnreadIds) unread.push(job.id);
    }
    return { since, unread };
  }

  /** Leaves jobs to the next process. What is in none of them is ready again. */
  async #leave(
    jobs: readonly BegunJob[],
    because: ItemFailure | undefined,
    writing: Writing,
  ): Promise<typeof stillOpen> {
    await this.#parts.ingest.endIfBarred(jobs);
    const sent = new Set(jobs.flatMap(({ rows }) => [...rows]));
    const unsent = writing.rows.new().filter((row) => !sent.has(row));
    await this.#keepBack(itemsOfRows(unsent, writing.items), because);
    return stillOpen;
  }

  /** Writes rows and makes their jobs. If there is no job, the items are ready again. */
  async #writeAndBegin(
    wanted: Uint32Array,
    writing: Writing,
    refusals: BatchSender,
  ): Promise<Round | typeof stillOpen> {
    const jobs: BegunJob[] = [];
    let rest = wanted;
    for (const portion of portionsOf(wanted, this.#parts.internalBatch)) {
      const written = await this.#write(portion, writing, refusals);
      if ('jobs' in written) return this.#notAll(rest, { ...written, jobs }, writing);
      rest = rest.subarray(portion.length);
      const isWhole = written.unwritten.length === 0;
      const begun = await this.#begin(isWhole ? written.rows : this.#arrange(written.rows, writing), writing);
      if (begun === stillOpen) {
        await this.#parts.ingest.endIfBarred(jobs);
        await this.#keepBack(itemsOfRows(rest, writing.items));
        return stillOpen;
      }
      jobs.push(...begun.jobs);
      if (!begun.isAll) return this.#notAll(rest, { ...begun, jobs }, writing);
    }
    return { jobs, isAll: true };
  }

  /** Of what is written, the next round makes another job, if there is a job. */
  async #notAll(unwritten: Uint32Array, round: Round, writing: Writing): Promise<Round> {
    writing.rows.remove(unwritten);
    const written = round.jobs.length === 0 ? [...writing.rows.open()] : [];
    await this.#keepBack(itemsOfRows([...written, ...unwritten], writing.items), round.because);
    return round;
  }

  async #begin(wanted: Uint32Array, writing: Writing): Promise<Round | typeof stillOpen> {
    if (wanted.length === 0) return { jobs: [], isAll: true };
    const begun = await this.#parts.ingest.begin(wanted, writing);
    if (begun === stillOpen) return stillOpen;
    return 'nothing' in begun ? { jobs: [], isAll: false, because: begun.nothing } : { jobs: [begun], isAll: true };
  }

  /** Returns a round without jobs if the rows were not written, or may not leave. */
  async #write(wanted: Uint32Array, writing: Writing, refusals: BatchSender): Promise<Round | WrittenRows> {
    const { state, writer } = this.#parts;
    const asked = await state.ask(() => writer.write(wanted, writing));
    if ('failure' in asked) return { jobs: [], isAll: false, because: asked.failure };
    if (state.isOver) return { jobs: [], isAll: false };
    const because = await state.mayLeave();
    if (because) return { jobs: [], isAll: false, because };
    await refusals.settleFailed(asked.answer.unwritten);
    return asked.answer;
  }

  /** Arranges what is left of rows. What does not fit is left for the next round. */
  #arrange(rows: Uint32Array, { members }: Writing): Uint32Array {
    const left = new Set(rows);
    const leftOf = (all: RowRange): number[] => [...all].filter((row) => left.has(row));
    const of = members.rows.entries().map(([member, all]): [string, number[]] => [member, leftOf(all)]);
    return arrangeRows(new Map(of), this.#parts.internalBatch).rows;
  }

  async #pause(round: number): Promise<void> {
    const { clock, pace, signal } = this.#parts.state;
    await clock.sleep(pace.retryAt(round, pause) - clock.monotonic(), signal);
  }

  async #keepBack(items: readonly number[], failure?: ItemFailure): Promise<undefined> {
    await keepBack(this.#parts.state, items, failure);
  }
}

const pause = { base: 400, atLeast: 0 };
const later: ItemFailure = {
  code: 'NEXT_JOB',
  message: 'It goes into the next job, so that its member is in one batch.',
};
