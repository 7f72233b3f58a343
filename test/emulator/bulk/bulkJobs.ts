import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import type { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';

/** Sends the requests of bulk jobs over the socket, one by one, and waits for jobs to end. */
export class BulkJobs {
  readonly api: RestClient;

  constructor(org: Emulator, version = 'v66.0') {
    this.api = new RestClient(org, org.accessToken, version);
  }

  /** @returns the id of an open job for TransactionJournal by Src_Key__c, unless told otherwise */
  async create(job: Record<string, unknown> = {}): Promise<string> {
    const { status, body } = await this.api.post('/jobs/ingest', { ...upsertOfJournals, ...job });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.id as string;
  }

  upload(id: string, csv: string): Promise<Answer> {
    return this.api.send('PUT', `/jobs/ingest/${id}/batches`, csv, { 'content-type': 'text/csv' });
  }

  enter(id: string, state: string): Promise<Answer> {
    return this.api.patch(`/jobs/ingest/${id}`, { state });
  }

  /** Waits for a job of either kind to end. @returns its status */
  async ended(id: string, kind = 'ingest'): Promise<Answer['body']> {
    for (;;) {
      const { body } = await this.api.get(`/jobs/${kind}/${id}`);
      if (['Aborted', 'Failed', 'JobComplete'].includes(body.state)) return body;
      await sleep(5);
    }
  }

  /** A job from its making to its end. */
  async run(csv: string, job: Record<string, unknown> = {}): Promise<Run> {
    const id = await this.create(job);
    await this.upload(id, csv);
    await this.enter(id, 'UploadComplete');
    const info = await this.ended(id);
    return { id, info };
  }

  async file(id: string, name: ResultName): Promise<string> {
    return (await this.api.get(`/jobs/ingest/${id}/${name}`)).body as string;
  }

  /** Rows of a result file by column name. */
  async rows(id: string, name: ResultName): Promise<Record<string, string>[]> {
    return parse(await this.file(id, name), { columns: true });
  }

  /** `sf__Error` by the value of a column. */
  async errors(id: string, column = 'Src_Key__c'): Promise<Record<string, string>> {
    const rows = await this.rows(id, 'failedResults');
    return Object.fromEntries(rows.map((row) => [row[column] ?? '', row['sf__Error'] ?? '']));
  }

  /** The whole answer to a bulk query. */
  async query(query: string, job: Record<string, unknown> = {}): Promise<string> {
    const { status, body } = await this.api.post('/jobs/query', { operation: 'query', query, ...job });
    if (status !== 200) throw new Error(JSON.stringify(body));
    await this.ended(body.id, 'query');
    return (await this.api.get(`/jobs/query/${body.id}/results`)).body;
  }
}

export interface Run {
  readonly id: string;
  readonly info: Answer['body'];
}

type ResultName = 'failedResults' | 'successfulResults' | 'unprocessedrecords';

export const upsertOfJournals = {
  object: 'TransactionJournal',
  operation: 'upsert',
  externalIdFieldName: 'Src_Key__c',
  lineEnding: 'LF',
};
