import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { Pool } from 'undici';
import { createProgram, harbourRewards } from '../src/program/index.js';
import { LoyaltyClient } from '../src/index.js';

const perRequest = 200;
const inBatch: typeof harbourRewards = {
  ...harbourRewards,
  processes: (harbourRewards.processes ?? []).map((process) =>
    process.type === 'TransactionJournal' ? { ...process, execution: 'BatchAndRealTime' } : process,
  ),
};
/** A row as in a request. */
export type Row = Record<string, string | number>;

/** Writes rows into a local org in the ways that integrations do, and queries them. */
export class OrgLoad implements AsyncDisposable {
  readonly #pool: Pool;

  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;

    this.#pool = new Pool(url, { connections: 4, allowH2: false });
  }

  /** Creates the example program. @param isBatch whether batch jobs run its processes, too */
  async program(isBatch = false): Promise<{ programId: string; journalTypeId: string }> {
    const client = await LoyaltyClient.connect({ instanceUrl: this.#url, clientId: 'bench', clientSecret: 'none' });
    const { programId, records } = await createProgram(client, isBatch ? inBatch : harbourRewards);
    const journalTypeId = records.find(({ object }) => object === 'JournalType')?.id ?? '';
    return { programId, journalTypeId };
  }

  /**
   * Creates rows through sObject Collections, four requests at a time.
   * @returns their Ids
   */
  async collections(type: string, rows: readonly Row[]): Promise<string[]> {
    const queue = new PQueue({ concurrency: 4 });
    const starts = Array.from({ length: Math.ceil(rows.length / perRequest) }, (_, index) => index * perRequest);
    const ids = await queue.addAll(starts.map((at) => () => this.#create(type, rows.slice(at, at + perRequest))));
    return ids.flat();
  }

  /** Runs journals of the example program in real time, 200 in a request, one request after the other. */
  async execute(journals: readonly Row[]): Promise<void> {
    const path = `/connect/realtime/loyalty/programs/${encodeURIComponent(harbourRewards.name)}`;
    for (let at = 0; at < journals.length; at += perRequest) {
      const transactionJournals = journals.slice(at, at + perRequest);
      const answer = await this.#json<{ status: boolean }>('POST', path, { transactionJournals });
      if (!answer.status) throw new Error(JSON.stringify(answer));
    }
  }

  /** Inserts rows with one job of Bulk API 2.0 and waits for its end. */
  async bulk(object: string, csv: string): Promise<void> {
    const { id } = await this.#json<{ id: string }>('POST', '/jobs/ingest', { object, operation: 'insert' });
    await this.#send('PUT', `/jobs/ingest/${id}/batches`, csv, 'text/csv');
    await this.#json('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
    for (;;) {
      const job = await this.#json<{ state: string; numberRecordsFailed: number }>('GET', `/jobs/ingest/${id}`);
      if (job.state === 'JobComplete' && job.numberRecordsFailed === 0) return;
      if (['JobComplete', 'Failed', 'Aborted'].includes(job.state)) throw new Error(JSON.stringify(job));
      await sleep(20);
    }
  }

  async query(soql: string): Promise<number> {
    const { totalSize } = await this.#json<{ totalSize: number }>('GET', `/query?q=${encodeURIComponent(soql)}`);
    return totalSize;
  }

  /** Sends a request that has next to nothing to do, to show the cost of a request itself. */
  async nothing(): Promise<void> {
    await this.#json('GET', '/');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.close();
  }

  async #create(type: string, rows: readonly Row[]): Promise<string[]> {
    const records = rows.map((row) => ({ attributes: { type }, ...row }));
    const results = await this.#json<{ id: string; success: boolean }[]>('POST', '/composite/sobjects', { records });
    const refused = results.find(({ success }) => !success);
    if (refused) throw new Error(JSON.stringify(refused));
    return results.map(({ id }) => id);
  }

  async #json<T>(method: 'GET' | 'PATCH' | 'POST', path: string, body?: unknown): Promise<T> {
    const text = await this.#send(method, path, body === undefined ? undefined : JSON.stringify(body));
    return JSON.parse(text) as T;
  }

  async #send(
    method: 'GET' | 'PATCH' | 'POST' | 'PUT',
    path: string,
    body?: string,
    contentType = 'application/json',
  ): Promise<string> {
    const response = await this.#pool.request({
      method,
      path: `/services/data/v66.0${path}`,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': contentType },
      ...(body !== undefined && { body }),
    });
    const text = await response.body.text();
    if (response.statusCode >= 400) throw new Error(`${method} ${path}: ${text}`);
    return text;
  }
}
