import type { Clock } from '../../../../base/clock.js';
import type { ModelField, SObjectType } from '../../../store/model/objectModel.js';
import { invalidJobState, JobFailure, secondUpload } from '../bulkErrors.js';
import type { CsvFormat } from '../csv/csvFormat.js';
import { isOver, jobTime, jobStateName } from '../jobState.js';
import type { JobState } from '../jobState.js';
import type { ResultFile } from '../csv/resultFile.js';
import type { Operation } from './rowWriter.js';

/** The parameters of an ingest job. */
export interface IngestRequest {
  readonly type: SObjectType;
  readonly operation: Operation;
  /** Key field of an upsert. */
  readonly externalId: ModelField | undefined;
  readonly assignmentRuleId: string | undefined;
  readonly format: CsvFormat;
  readonly apiVersion: number;
  readonly userId: string;
}

/** The result files of a job with a valid header. */
export interface Results {
  readonly successful: ResultFile;
  readonly failed: ResultFile;
}

/** One ingest job: its state, its upload, its counters and its results. */
export class IngestJob {
  readonly createdAt: number;
  changedAt: number;
  state: JobState = 'Open';
  errorMessage: string | undefined;
  upload: Buffer | undefined;
  results: Results | undefined;
  processed = 0;
  failed = 0;
  /** Milliseconds. */
  activeTime = 0;
  #startedAt: number | undefined;
  #rest: () => readonly Buffer[] = () => (this.upload ? [this.upload] : []);

  readonly #clock: Clock;

  constructor(
    readonly id: string,
    readonly request: IngestRequest,
    clock: Clock,
  ) {
    this.#clock = clock;

    this.createdAt = clock.now();
    this.changedAt = this.createdAt;
  }

  get isOver(): boolean {
    return isOver(this.state);
  }

  get isInProgress(): boolean {
    return this.state === 'InProgress';
  }

  get uploadPath(): string {
    return `/services/data/v${this.request.apiVersion}.0/jobs/ingest/${this.id}/batches`;
  }

  /** @throws {OrgRefusal} 400 when the job is not open or already has an upload */
  receive(content: Buffer): void {
    if (this.state !== 'Open') throw invalidJobState(`Job is ${jobStateName(this.state)}: it does not accept data`);
    if (this.upload) throw secondUpload(this.id);
    this.upload = content;
    this.changedAt = this.#clock.now();
  }

  /**
   * Queues the job.
   *
   * @throws {OrgRefusal} 400 INVALIDJOBSTATE when the job is not open
   */
  close(): void {
    if (this.state !== 'Open') throw invalidJobState(`Closing already ${jobStateName(this.state)} Job not allowed`);
    this.#enter('UploadComplete');
    this.#startedAt = this.#clock.now();
  }

  /**
   * Aborts the job. Rows that are already written stay.
   *
   * @throws {OrgRefusal} 400 INVALIDJOBSTATE when the job has ended
   */
  abort(): void {
    if (isOver(this.state)) throw invalidJobState(`Aborting already ${jobStateName(this.state)} Job not allowed`);
    this.#enter('Aborted');
  }

  /** @throws {OrgRefusal} 400 INVALIDJOBSTATE when the job is in a state in which it cannot be deleted */
  requireDeletable(): void {
    if (this.state !== 'UploadComplete' && !isOver(this.state)) {
      throw invalidJobState(`Deleting ${jobStateName(this.state)} Job not allowed`);
    }
  }

  expire(): void {
    this.fail(new JobFailure('ClientInputError', 'The job was open for more than 24 hours'));
  }

  /** @param rest returns the parts of the upload that are not processed yet */
  begin(rest: () => readonly Buffer[]): void {
    this.#rest = rest;
    this.#enter('InProgress');
  }

  fail(failure: JobFailure): void {
    this.errorMessage = failure.message;
    this.#enter('Failed');
  }

  complete(): void {
    this.#enter('JobComplete');
    this.#rest = () => [];
    this.upload = undefined;
  }

  /** Returns the header and the unprocessed rows, as views of the upload's bytes. */
  unprocessed(): readonly Buffer[] {
    return this.#rest();
  }

  /** The answer to a request that creates or changes the job. */
  toInfo(): Record<string, unknown> {
    const { id, request, state, errorMessage } = this;
    const { operation, type, userId, format, apiVersion, externalId, assignmentRuleId } = request;
    return {
      id,
      operation,
      object: type.name,
      createdById: userId,
      createdDate: jobTime(this.createdAt),
      systemModstamp: jobTime(this.changedAt),
      state,
      ...(externalId && { externalIdFieldName: externalId.name }),
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion,
      ...(assignmentRuleId !== undefined && { assignmentRuleId }),
      ...(state === 'Open' && { contentUrl: this.uploadPath.slice(1) }),
      ...(errorMessage !== undefined && { errorMessage }),
      lineEnding: format.lineEnding,
      columnDelimiter: format.columnDelimiter,
    };
  }

  /** The answer to a status request, which also has counters. Times are in milliseconds. */
  toStatus(): Record<string, unknown> {
    const until = isOver(this.state) ? this.changedAt : this.#clock.now();
    return {
      ...this.toInfo(),
      jobType: 'V2Ingest',
      numberRecordsProcessed: this.processed,
      numberRecordsFailed: this.failed,
      retries: 0,
      totalProcessingTime: this.#startedAt === undefined ? 0 : until - this.#startedAt,
      apiActiveProcessingTime: this.activeTime,
      apexProcessingTime: 0,
    };
  }

  #enter(state: JobState): void {
    this.state = state;
    this.changedAt = this.#clock.now();
  }
}
