import { z } from 'zod';
import { endedBatchJobs, StartedBatchJob } from '../../contract/bulkJobs.js';
import type { QueryResource } from '../query/queryResource.js';
import { inLists, soqlText } from '../query/soql.js';
import { LoyaltyApiError } from '../failures/callErrors.js';
import { notProcessed } from '../query/notProcessed.js';
import type { Send } from '../transport/send.js';

const BatchJobRow = z.object({
  Id: z.string(),
  Status: z.string().nullable(),
  ErrorDescription: z.string().nullish(),
});
export type BatchJobRow = z.infer<typeof BatchJobRow>;

/** Journals that a batch job was started for. */
export interface PendingScope {
  readonly programId: string;
  readonly since: Date;
}

export interface BatchJobProgress {
  readonly job: BatchJobRow | undefined;
  readonly left: number | undefined;
}

const path = '/actions/custom/batchJobAction';
const fields = Object.keys(BatchJobRow.shape).join(', ');

/** `client.batchJobs`: jobs of Batch Management. */
export class BatchJobsResource {
  readonly #send: Send;
  readonly #query: QueryResource;

  constructor(send: Send, query: QueryResource) {
    this.#send = send;
    this.#query = query;
  }

  /** Returns whether the org has an active definition of this name. */
  async hasDefinition(name: string): Promise<boolean> {
    const where = `Name = ${soqlText(name)} AND IsActive = true`;
    return (await this.#query.all(`SELECT Name FROM BatchProcessJobDefView WHERE ${where} LIMIT 1`)).length > 0;
  }

  /** `POST /actions/custom/batchJobAction/{definition}`, sent at most once. Returns the Id of the job. */
  async start(definition: string): Promise<string> {
    const call = { path: `${path}/${encodeURIComponent(definition)}`, resource: `${path}/{definition}` };
    const body = { inputs: [{}] };
    return (await this.#send({ method: 'POST', ...call, body }, StartedBatchJob)).batchJobId;
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
    const [ended] = inLists(endedBatchJobs);
    const where = `BatchJobDefinitionName = ${soqlText(definition)} AND Status NOT IN ${ended ?? '()'}`;
    return this.#query.allRows(`SELECT ${fields} FROM BatchJob WHERE ${where}`, BatchJobRow);
  }
}

function jobById(id: string): string {
  return `SELECT ${fields} FROM BatchJob WHERE Id = ${soqlText(id)}`;
}
