import type { Clock } from '../../../base/clock.js';
import type { Field, SObjectType } from '../../store/model/objectModel.js';
import { invalidJobState, JobFailure, secondUpload } from './bulkErrors.js';
import type { CsvFormat } from './csvFormat.js';
import { isOver, type JobState, jobTime, nameOf } from './jobState.js';
import type { ResultFile } from './resultFile.js';
import type { Operation } from './rowWriter.js';

/** The parameters of an ingest job. */
export interface IngestRequest {
  readonly type: SObjectType;
  readonly operation: Operation;
  /** Key field of an upsert. */
  readonly externalId: Field | undefined;
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
  public readonly createdAt: number;
  public changedAt: number;
  public state: JobState = 'Open';
  public errorMessage: string | undefined;
  public upload: Buffer | undefined;
  public results: Results | undefined;
  public processed = 0;
  public failed = 0;
  /** Milliseconds. */
  public activeTime = 0;
  #startedAt: number | undefined;
  #rest: () => readonly Buffer[] = () => (this.upload ? [this.upload] : []);

  public constructor(
    public readonly id: string,
    public readonly request: IngestRequest,
    private readonly clock: Clock,
  ) {
    this.createdAt = clock.now();
    this.changedAt = this.createdAt;
  }

  public get isOver(): boolean {
    return isOver(this.state);
  }

  public get isInProgress(): boolean {
    return this.state === 'InProgress';
  }

  public get uploadPath(): string {
    return `/services/data/v${this.request.apiVersion}.0/jobs/ingest/${this.id}/batches`;
  }

  /** @throws {ApiError} 400 when the job is not open or already has an upload */
  public receive(content: Buffer): void {
    if (this.state !== 'Open') throw invalidJobState(`Job is ${nameOf(this.state)}: it does not accept data`);
    if (this.upload) throw secondUpload(this.id);
    this.upload = content;
    this.changedAt = this.clock.now();
  }

  /**
   * Queues the job.
   *
   * @throws {ApiError} 400 INVALIDJOBSTATE when the job is not open
   */
  public close(): void {
    if (this.state !== 'Open') throw invalidJobState(`Closing already ${nameOf(this.state)} Job not allowed`);
    this.#enter('UploadComplete');
    this.#startedAt = this.clock.now();
  }

  /**
   * Aborts the job. Rows that are already written stay.
   *
   * @throws {ApiError} 400 INVALIDJOBSTATE when the job has ended
   */
  public abort(): void {
    if (isOver(this.state)) throw invalidJobState(`Aborting already ${nameOf(this.state)} Job not allowed`);
    this.#enter('Aborted');
  }

  /** @throws {ApiError} 400 INVALIDJOBSTATE when the job is in a state in which it cannot be deleted */
  public requireDeletable(): void {
    if (this.state !== 'UploadComplete' && !isOver(this.state)) {
      throw invalidJobState(`Deleting ${nameOf(this.state)} Job not allowed`);
    }
  }

  public expire(): void {
    this.fail(new JobFailure('ClientInputError', 'The job was open for more than 24 hours'));
  }

  /** @param rest returns the parts of the upload that are not processed yet */
  public begin(rest: () => readonly Buffer[]): void {
    this.#rest = rest;
    this.#enter('InProgress');
  }

  public fail(failure: JobFailure): void {
    this.errorMessage = failure.message;
    this.#enter('Failed');
  }

  public complete(): void {
    this.#enter('JobComplete');
    this.#rest = () => [];
    this.upload = undefined;
  }

  /** Returns the header and the unprocessed rows, as views of the upload's bytes. */
  public unprocessed(): readonly Buffer[] {
    return this.#rest();
  }

  /** The answer to a request that creates or changes the job. */
  public toInfo(): Record<string, unknown> {
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
  public toStatus(): Record<string, unknown> {
    const until = isOver(this.state) ? this.changedAt : this.clock.now();
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
    this.changedAt = this.clock.now();
  }
}
