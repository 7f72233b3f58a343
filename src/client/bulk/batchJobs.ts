import { submitFailedRecordsBatchJob } from '../../contract/actions/batchJobActions.js';
import { refreshDecisionTable } from '../../contract/actions/decisionTableActions.js';
import { endedBatchJobs } from '../../contract/bulkJobs.js';
import { batchJobEndpoints } from '../../contract/endpoints/batchJobEndpoints.js';
import type { ActionsResource } from '../actions.js';
import type { CallEndpoint } from '../call.js';
import { LostAnswerError, LoyaltyActionError, LoyaltyApiError } from '../failures/callErrors.js';
import { notProcessed } from '../query/notProcessed.js';
import type { QueryResource } from '../query/queryResource.js';
import { inLists, soqlText } from '../query/soql.js';
import { batchJobState } from './batchJobProgress.js';
import type { BatchJobState } from './batchJobProgress.js';
import {
  BatchDefinitionRow,
  BatchJobRow,
  BatchJobRun,
  CalculationRow,
  FailedRecordRow,
  PartsOfStatus,
} from './batchJobRows.js';
import type { JobDefinitionRow } from './batchJobRows.js';
import { watchBatchJob } from './watchBatchJob.js';
import type { BatchWatchOptions } from './watchBatchJob.js';

/** Journals that a batch job was started for. */
export interface PendingScope {
  readonly programId: string;
  readonly since: Date;
}

export interface BatchJobProgress {
  readonly job: BatchJobRow | undefined;
  readonly left: number | undefined;
}

/** Which runs are listed. */
export interface JobFilter {
  /** Name of a definition. */
  readonly definition?: string | undefined;
  /** Only runs that have not ended. */
  readonly isRunning?: boolean | undefined;
  /** Default: 20. */
  readonly limit?: number | undefined;
}

export interface RefreshOptions {
  /** Only what has changed since the last refresh. */
  readonly isIncremental?: boolean;
}

interface Parts {
  readonly query: QueryResource;
  readonly actions: ActionsResource;
}

type JobInputs = Readonly<Record<string, unknown>>;

const fields = Object.keys(BatchJobRow.shape).join(', ');
const runFields = Object.keys(BatchJobRun.shape).join(', ');
const partCounts =
  'Status, COUNT(Id) parts, SUM(InputRecordCount) input, SUM(OutputRecordCount) output, SUM(FailedRecordCount) failed';

/** `client.batchJobs`: jobs of Batch Management and of the Data Processing Engine. */
export class BatchJobsResource {
  readonly #call: CallEndpoint;
  readonly #query: QueryResource;
  readonly #actions: ActionsResource;

  constructor(call: CallEndpoint, { query, actions }: Parts) {
    this.#call = call;
    this.#query = query;
    this.#actions = actions;
  }

  /** Returns what can be started, in the order of the names: active definitions of both engines, without templates. */
  async definitions(): Promise<JobDefinitionRow[]> {
    const active = 'WHERE IsActive = true';
    const [batch, calculations] = await Promise.all([
      this.#query.allRows(
        `SELECT Name, Label, Type, SourceObjectName FROM BatchProcessJobDefView ${active}`,
        BatchDefinitionRow,
      ),
      this.#query.allRows(
        `SELECT Name, MasterLabel FROM BatchCalcJobDefinitionView ${active} AND IsTemplate = false`,
        CalculationRow,
      ),
    ]);
    return [
      ...batch.map(({ Name: name, Label: label }) => ({ kind: 'batch' as const, name, label })),
      ...calculations.map(({ Name: name, MasterLabel: label }) => ({ kind: 'calculation' as const, name, label })),
    ].sort((one, other) => one.name.localeCompare(other.name));
  }

  /** Returns whether the org has an active definition of this name. */
  async hasDefinition(name: string): Promise<boolean> {
    const where = `Name = ${soqlText(name)} AND IsActive = true`;
    return (await this.#query.all(`SELECT Name FROM BatchProcessJobDefView WHERE ${where} LIMIT 1`)).length > 0;
  }

  /**
   * Starts a job of Batch Management, at most once: `POST /actions/custom/batchJobAction/{definition}`.
   *
   * @param inputs variables of its flow, if it has one
   * @returns the Id of the job
   */
  async start(definition: string, inputs: JobInputs = {}): Promise<string> {
    const options = { params: { definition }, body: { inputs: [inputs] } };
    return (await this.#call(batchJobEndpoints.start, options)).batchJobId;
  }

  /**
   * Starts a definition of the Data Processing Engine, at most once:
   * `POST /actions/custom/dataProcessingEngineAction/{definition}`. An org refuses a second run with the same inputs while
   * the first is under way.
   *
   * @returns the Id of the job
   */
  async startCalculation(definition: string, inputs: JobInputs = {}): Promise<string> {
    const options = { params: { definition }, body: { inputs: [inputs] } };
    return (await this.#call(batchJobEndpoints.startCalculation, options)).batchJobId;
  }

  /**
   * Cancels a job that has not ended: `POST /connect/batch-job/{id}/cancel-job`, for system administrators. What it has
   * done stays.
   *
   * @returns what the org says about it
   */
  async cancel(id: string): Promise<string | null> {
    return (await this.#call(batchJobEndpoints.cancel, { params: { batchJobId: id } })).message ?? null;
  }

  /**
   * Runs records again that failed in a job: the action `submitFailedRecordsBatchJob`.
   *
   * @param failedRecordIds Ids of `failedRecords`. Default: all of them
   * @returns the Id of the new job
   * @throws {LoyaltyActionError} for example if there are no such records
   * @throws {LostAnswerError} if the answer has no Id
   */
  async submitFailed(id: string, failedRecordIds?: readonly string[]): Promise<string> {
    const { batchJobId, status } = await this.#actions.run(submitFailedRecordsBatchJob, {
      parentBatchJobId: id,
      ...(failedRecordIds && { failedRecordIds: [...failedRecordIds] }),
    });
    if (typeof batchJobId === 'string') return batchJobId;
    const said = `The org has submitted the failed records (${status ?? 'no status'}), and named no job.`;
    throw new LostAnswerError('unreadable', said, true);
  }

  /**
   * Refreshes a decision table: the action `refreshDecisionTable`. The org does it later, and names no job.
   *
   * @returns what the org says, such as `Queued`
   * @throws {LoyaltyActionError} also if the org answers that the refresh has failed
   */
  async refreshTable(name: string, { isIncremental = false }: RefreshOptions = {}): Promise<string> {
    const answer = await this.#actions.run(refreshDecisionTable, {
      DecisionTableApiName: name,
      ...(isIncremental && { isDecisionTableIncremental: true }),
    });
    const status = answer.Status ?? answer.status ?? 'Queued';
    if (status !== 'Failed') return status;
    const message = answer.ErrorMessage ?? answer.errorMessage ?? 'The org does not say why.';
    throw new LoyaltyActionError(refreshDecisionTable.name, [{ errorCode: '', message }]);
  }

  /** Returns runs, the latest first. */
  async list({ definition, isRunning = false, limit = 20 }: JobFilter = {}): Promise<BatchJobRun[]> {
    const conditions = [
      ...(definition === undefined ? [] : [`BatchJobDefinitionName = ${soqlText(definition)}`]),
      ...(isRunning ? [notEnded] : []),
    ];
    const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
    const order = `ORDER BY StartTime DESC NULLS LAST LIMIT ${limit}`;
    return this.#query.allRows(`SELECT ${runFields} FROM BatchJob${where} ${order}`, BatchJobRun);
  }

  /** Returns how far a run is, in one call. Undefined if the org does not show it. */
  async state(id: string): Promise<BatchJobState | undefined> {
    const job = `SELECT ${runFields} FROM BatchJob WHERE Id = ${soqlText(id)}`;
    const parts = `SELECT ${partCounts} FROM BatchJobPart WHERE BatchJobId = ${soqlText(id)} GROUP BY Status`;
    const [jobs, counts] = await this.#query.firstPages([job, parts]);
    const [found] = jobs?.records ?? [];
    return found && batchJobState(BatchJobRun.parse(found), (counts?.records ?? []).map(readParts));
  }

  /** Asks until a run has ended, and says how far it is. See `watchBatchJob`. */
  watch(id: string, options: BatchWatchOptions = {}): Promise<BatchJobState> {
    return watchBatchJob(this, id, options);
  }

  /** Returns records that failed in a run, and why. */
  async failedRecords(id: string, limit = 200): Promise<FailedRecordRow[]> {
    const where = `BatchJobId = ${soqlText(id)} ORDER BY Name LIMIT ${limit}`;
    const columns = Object.keys(FailedRecordRow.shape).join(', ');
    return this.#query.allRows(`SELECT ${columns} FROM BatchJobPartFailedRecord WHERE ${where}`, FailedRecordRow);
  }

  /** Returns the job, or undefined if the org does not show it. */
  async find(id: string): Promise<BatchJobRow | undefined> {
    const [row] = await this.#query.allRows(jobById(id), BatchJobRow);
    return row;
  }

  /**
   * Returns the job, and how many journals of a program that are not older than a time of the org have not run: in one
   * call. If the org does not count, only the job.
   */
  async progress(id: string, { programId, since }: PendingScope): Promise<BatchJobProgress> {
    const journals = `SELECT COUNT() FROM TransactionJournal WHERE ${notProcessed(programId, since)}`;
    try {
      const [jobs, left] = await this.#query.firstPages([jobById(id), journals]);
      return { job: jobs?.records.map((row) => BatchJobRow.parse(row))[0], left: left?.totalSize };
    } catch (error) {
      if (!(error instanceof LoyaltyApiError)) throw error;
      return { job: await this.find(id), left: undefined };
    }
  }

  /** Returns the jobs of a definition that have not ended. */
  async running(definition: string): Promise<BatchJobRow[]> {
    const where = `BatchJobDefinitionName = ${soqlText(definition)} AND ${notEnded}`;
    return this.#query.allRows(`SELECT ${fields} FROM BatchJob WHERE ${where}`, BatchJobRow);
  }
}

const notEnded = `Status NOT IN ${inLists(endedBatchJobs).join('')}`;

function readParts(row: unknown) {
  return PartsOfStatus.parse(row);
}

function jobById(id: string): string {
  return `SELECT ${fields} FROM BatchJob WHERE Id = ${soqlText(id)}`;
}
