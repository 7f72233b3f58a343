import { LoyaltyApiError, PollPauses, verdict } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { IngestJobInfo } from '../../contract/bulkJobs.js';
import type { BulkJobs, ItemFailure, StopReason } from '../../outbox/index.js';
import { attempt, failureOf, itemFailure, stopReason, waitAfter } from '../attempt.js';
import type { Failure } from '../attempt.js';
import type { DeliveryState } from '../deliveryState.js';
import { patientAttempt } from '../patientReads.js';
import type { Patience } from '../patientReads.js';
import type { BulkCsv } from './bulkCsv.js';
import { itemsOfRows } from './itemsOfRows.js';
import { ResultReader, rowError } from './bulkResults.js';
import type { ResultRow } from './bulkResults.js';
import type { JobRows } from './jobRows.js';

/** Bytes of an upload. The platform takes 100 MB; a job of half of it has about 200,000 rows. */
const mostBytes = 45_000_000;

/** A job that has been told to write its rows. */
export interface BegunJob {
  readonly id: string;
  /** The rows of its upload. */
  readonly rows: Uint32Array;
  /** When it was told, in milliseconds of the clock. */
  readonly at: number;
}

/** A job has ended. {@link JobRows} has what it has done. */
export interface Ingested {
  /** When the job was created, by the org's clock. Undefined if the org no longer knows the job. */
  readonly since: string | undefined;
  /** Whether the Ids of its journals are still to be read: see {@link IngestDriver.readIds}. */
  readonly hasUnreadIds: boolean;
}

/** What is uploaded. */
export interface IngestSource {
  /** Positions of the items of the batch in the outbox. */
  readonly items: readonly number[];
  readonly csv: BulkCsv;
  readonly rows: JobRows;
}

/** Nothing was stored, and nothing will be. */
export interface NotIngested {
  readonly nothing: ItemFailure;
}

/** The job may still write rows: it is asked again by the next process. */
export const stillOpen = 'stillOpen';

export interface IngestContext {
  readonly state: DeliveryState;
  readonly client: LoyaltyClient;
  readonly jobs: BulkJobs;
  readonly patience: Patience;
  /** Most bytes of an upload. */
  readonly mostUpload?: number | undefined;
}

/**
 * Carries out ingest jobs. The Id of a job is stored before anything is uploaded, and it is uploaded once: after an upload
 * without an answer the job is ended and another one is made. Nothing is written before the job is closed, so whatever
 * went wrong until then has stored nothing once the job has ended.
 */
export class IngestDriver {
  readonly #context: IngestContext;

  constructor(context: IngestContext) {
    this.#context = context;
  }

  /** Makes a job for these rows, or for as many of the first ones as fit. The org then writes them. */
  async begin(
    wanted: Uint32Array,
    { items, csv: file, rows }: IngestSource,
  ): Promise<BegunJob | NotIngested | typeof stillOpen> {
    const { client, jobs, state, mostUpload = mostBytes } = this.#context;
    const created = await attempt(1, () => client.ingest.createInsert('TransactionJournal'));
    if ('failure' in created) return this.#refusedToBegin(created.failure);
    const { id } = created.answer;
    const { csv, rows: uploaded } = file.upload(rows, wanted, mostUpload);
    await jobs.begin(id, itemsOfRows(uploaded, items));
    state.requested();
    const sent = await attempt(1, () => client.ingest.upload(id, csv));
    const barred = 'failure' in sent ? itemFailure(sent.failure) : await state.mayLeave();
    if (barred) return this.#giveUp(id, barred);
    await attempt(1, () => client.ingest.change(id, 'UploadComplete'));
    return { id, rows: uploaded, at: state.clock.monotonic() };
  }

  /**
   * Waits for the end of a job, and reads what it has done. If its counts and its refusals leave no doubt about which rows
   * it has stored, the Ids of their journals can be read later.
   */
  async finish({ id, rows: uploaded, at }: BegunJob, rows: JobRows): Promise<Ingested | typeof stillOpen> {
    const info = await this.ended(id, 'UploadComplete', { rows: uploaded.length, at });
    if (info === stillOpen) return stillOpen;
    rows.uploaded(uploaded);
    if (info && (await this.#tellsStored(info, rows))) {
      rows.othersInserted();
      return { since: info.createdDate, hasUnreadIds: info.numberRecordsFailed !== uploaded.length };
    }
    // Forgets what was read of the refusals: it is read again.
    rows.uploaded(uploaded);
    await this.results(id, info, rows);
    return { since: info?.createdDate, hasUnreadIds: false };
  }

  /** Reads the Ids of the journals of ended jobs. A row whose Id is not told is unclear. */
  async readIds(jobs: readonly string[], rows: JobRows): Promise<void> {
    for (const id of jobs) {
      await this.#read(id, 'successfulResults', ({ number, id: journalId }) => rows.named(number, journalId));
    }
    rows.allNamed();
  }

  /** Ends jobs that nobody waits for any more, if this process is no longer the one that sends. */
  async endIfBarred(begun: readonly BegunJob[]): Promise<void> {
    const { client } = this.#context;
    if (begun.length === 0 || !(await this.#isBarred())) return;
    for (const { id } of begun) await attempt(1, () => client.ingest.change(id, 'Aborted'));
  }

  /**
   * Waits for the end of a job.
   * @param ifOpen what an open job is told: to begin, or to end without having done anything
   * @param told how many rows it has been told to write, and when; none for a job of which nothing is known
   * @returns undefined for a job that the org no longer knows
   */
  async ended(
    id: string,
    ifOpen: 'UploadComplete' | 'Aborted',
    { rows, at } = { rows: 0, at: 0 },
  ): Promise<IngestJobInfo | undefined | typeof stillOpen> {
    const { client, state, patience } = this.#context;
    const pauses = new PollPauses(rows, rows > 0 ? state.clock.monotonic() - at : 0);
    if (rows > 0) await state.clock.sleep(pauses.next(), state.signal);
    for (let wanted = ifOpen; ;) {
      const asked = await patientAttempt(patience, () => client.ingest.status(id));
      if ('failure' in asked) {
        if (asked.failure.code === 'NOT_FOUND') return undefined;
        state.stop(stopReason(asked.failure) ?? unanswered(id, asked.failure));
        return stillOpen;
      }
      const info = asked.answer;
      if (['JobComplete', 'Failed', 'Aborted'].includes(info.state)) return info;
      if (info.state !== 'Open' && wanted === 'Aborted' && ifOpen === 'Aborted') wanted = 'UploadComplete';
      if (info.state === 'Open' || wanted === 'Aborted') await attempt(1, () => client.ingest.change(id, wanted));
      if (state.isOver) return stillOpen;
      // Keeps this process the one that sends. If it is no longer, the job ends.
      if (wanted === 'UploadComplete' && (await this.#isBarred())) wanted = 'Aborted';
      const share = rows === 0 ? 0 : (info.numberRecordsProcessed ?? 0) / rows;
      await state.clock.sleep(pauses.next(share), state.signal);
      state.movedOn();
    }
  }

  /** Whether this process may send nothing more. Without an answer to that question, it is asked again. */
  async #isBarred(): Promise<boolean> {
    const { state } = this.#context;
    return (await state.mayLeave()) !== undefined && state.stopped !== undefined;
  }

  /** Reads what an ended job has done with the uploaded rows. */
  async results(id: string, info: IngestJobInfo | undefined, rows: JobRows): Promise<void> {
    const isOpen = (): boolean => rows.count('uploaded') > 0;
    if (info && info.numberRecordsProcessed !== 0) {
      await this.#read(id, 'successfulResults', ({ number, id: journalId }) => rows.inserted(number, journalId));
    }
    if (info && info.numberRecordsFailed !== 0 && isOpen()) await this.#readFailed(id, rows);
    if (info && info.state !== 'JobComplete' && isOpen()) {
      await this.#read(id, 'unprocessedrecords', ({ number }) => rows.unprocessed(number));
    }
    rows.ended();
  }

  /** Reads the refusals of an ended job. Returns whether the org says that all other rows of its upload are stored. */
  async #tellsStored({ id, state, ...counts }: IngestJobInfo, rows: JobRows): Promise<boolean> {
    const { numberRecordsProcessed: processed, numberRecordsFailed: failed } = counts;
    const uploaded = rows.count('uploaded');
    if (state !== 'JobComplete' || processed !== uploaded || typeof failed !== 'number') return false;
    if (failed > 0) await this.#readFailed(id, rows);
    return uploaded - rows.count('uploaded') === failed;
  }

  async #readFailed(id: string, rows: JobRows): Promise<void> {
    await this.#read(id, 'failedResults', ({ number, id: stored, error }) => {
      // A row with an Id is stored, whatever the error says.
      if (stored === '') rows.failed(number, judged(error));
    });
  }

  async #read(
    id: string,
    file: 'successfulResults' | 'failedResults' | 'unprocessedrecords',
    take: (row: ResultRow) => void,
  ): Promise<void> {
    const { client, patience } = this.#context;
    // What came before a connection broke counts, and comes again. Without the file, its rows are looked up by their keys.
    await patientAttempt(patience, async () => {
      let reader = new ResultReader();
      const openBody = () => {
        // The file comes from its beginning, perhaps again.
        reader = new ResultReader();
        return (part: Uint8Array) => reader.push(part).forEach(take);
      };
      await client.ingest.results(id, file, openBody);
      reader.end().forEach(take);
    });
  }

  #refusedToBegin(failure: Failure): NotIngested {
    const { state } = this.#context;
    const reason = stopReason(failure);
    if (reason) state.stop(reason);
    else if (failure.kind === 'refused') state.stop({ code: failure.code ?? 'REFUSED', message: failure.message });
    else state.pace.failed(waitAfter(failure));
    return { nothing: itemFailure(failure) };
  }

  async #giveUp(id: string, failure: ItemFailure): Promise<NotIngested | typeof stillOpen> {
    const { client, jobs, state } = this.#context;
    await attempt(1, () => client.ingest.change(id, 'Aborted'));
    const info = await this.ended(id, 'Aborted');
    if (info === stillOpen) return stillOpen;
    if (info && (info.state !== 'Aborted' || (info.numberRecordsProcessed ?? 0) > 0)) {
      state.stop(unanswered(id, { code: null, message: `It was not told to begin, and is ${info.state}.` }));
      return stillOpen;
    }
    await jobs.end([id]);
    return { nothing: failure };
  }
}

function judged(error: string): Failure {
  const body = JSON.stringify([rowError(error)]);
  const refusal = new LoyaltyApiError({ statusCode: 400, headers: {}, body });
  return failureOf({ error: refusal, judgment: verdict(refusal, 1) });
}

function unanswered(id: string, { code, message }: Pick<Failure, 'code' | 'message'>): StopReason {
  const said = `The org did not say what became of the ingest job ${id}: ${message}`;
  return { code: code ?? 'JOB_IN_DOUBT', message: said, action: 'Resume the run: it asks for the job again.' };
}
