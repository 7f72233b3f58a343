import type { Clock } from '../../../../base/clock.js';
import type { CompiledQuery } from '../../../soql/index.js';
import { invalidJobState } from '../bulkErrors.js';
import type { CsvFormat } from '../csv/csvFormat.js';
import { isOver, jobTime, jobStateName } from '../jobState.js';
import type { JobState } from '../jobState.js';
import { QueryResults } from './bulkQueryResults.js';
import { resultColumns } from './bulkQuery.js';

/** The parameters of a query job. */
export interface QueryRequest {
  readonly operation: 'query' | 'queryAll';
  readonly query: CompiledQuery;
  readonly format: CsvFormat;
  readonly apiVersion: number;
  readonly userId: string;
}

/** One query job. It is queued when it is created. */
export class QueryJob {
  readonly createdAt: number;
  changedAt: number;
  state: JobState = 'UploadComplete';
  errorMessage: string | undefined;
  readonly results: QueryResults;

  readonly #clock: Clock;

  constructor(
    readonly id: string,
    readonly request: QueryRequest,
    clock: Clock,
  ) {
    this.#clock = clock;

    this.createdAt = clock.now();
    this.changedAt = this.createdAt;
    this.results = new QueryResults(resultColumns(request.query.nodes), request.format);
  }

  get isInProgress(): boolean {
    return this.state === 'InProgress';
  }

  enter(state: JobState): void {
    this.state = state;
    this.changedAt = this.#clock.now();
  }

  /** @throws {OrgRefusal} 400 INVALIDJOBSTATE when the job has ended */
  abort(): void {
    if (isOver(this.state)) throw invalidJobState(`Aborting already ${jobStateName(this.state)} Job not allowed`);
    this.enter('Aborted');
  }

  /** @throws {OrgRefusal} 400 INVALIDJOBSTATE when the job has not ended */
  requireDeletable(): void {
    if (!isOver(this.state)) throw invalidJobState(`Deleting ${jobStateName(this.state)} Job not allowed`);
  }

  /** @throws {OrgRefusal} 400 INVALIDJOBSTATE when the job is not complete */
  requireComplete(): void {
    if (this.state !== 'JobComplete') throw invalidJobState(`Job is ${this.state}: its results are not ready`);
  }

  /** Required by the list of jobs, but never called, because a query job is never open. */
  expire(): void {
    this.enter('Failed');
  }

  toInfo(): Record<string, unknown> {
    const { id, state, errorMessage, request } = this;
    const { operation, query, format, apiVersion, userId } = request;
    return {
      id,
      operation,
      object: query.object.name,
      createdById: userId,
      createdDate: jobTime(this.createdAt),
      systemModstamp: jobTime(this.changedAt),
      state,
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion,
      ...(errorMessage !== undefined && { errorMessage }),
      lineEnding: format.lineEnding,
      columnDelimiter: format.columnDelimiter,
    };
  }

  toStatus(): Record<string, unknown> {
    const until = isOver(this.state) ? this.changedAt : this.#clock.now();
    return {
      ...this.toInfo(),
      jobType: 'V2Query',
      numberRecordsProcessed: this.results.count,
      retries: 0,
      totalProcessingTime: until - this.createdAt,
      isPkChunkingSupported: false,
    };
  }
}
