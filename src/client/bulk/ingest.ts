import { z } from 'zod';
import { IngestJobInfo } from '../../contract/bulkJobs.js';
import type { OpenBody } from '../transport/exchange.js';
import type { Send } from '../transport/send.js';
import type { TextInParts } from '../transport/textInParts.js';

const path = '/jobs/ingest';
const resource = `${path}/{id}`;

/** The files of an ended job. */
type IngestResults = 'successfulResults' | 'failedResults' | 'unprocessedrecords';

/** `client.ingest`: Bulk API 2.0. Every call is sent at most once; a job in doubt is asked for its state. */
export class IngestResource {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** `POST /jobs/ingest`: an open job that inserts rows of CSV with line feeds. A job without rows does nothing. */
  async createInsert(object: string): Promise<IngestJobInfo> {
    const body = { object, operation: 'insert', contentType: 'CSV', lineEnding: 'LF' };
    return this.#send({ method: 'POST', path, body }, IngestJobInfo);
  }

  /** `PUT /jobs/ingest/{id}/batches`: the rows. A job takes one upload. Nothing happens before the job is closed. */
  async upload(id: string, csv: string | TextInParts): Promise<void> {
    const call = { method: 'PUT', path: `${pathOf(id)}/batches`, resource: `${resource}/batches`, csv } as const;
    await this.#send({ ...call, isText: true }, z.string());
  }

  /** `PATCH /jobs/ingest/{id}`: tells the org that all rows are there, or to end the job. */
  async change(id: string, state: 'UploadComplete' | 'Aborted'): Promise<IngestJobInfo> {
    return this.#send({ method: 'PATCH', path: pathOf(id), resource, body: { state } }, IngestJobInfo);
  }

  /** `GET /jobs/ingest/{id}` */
  async status(id: string): Promise<IngestJobInfo> {
    return this.#send({ method: 'GET', path: pathOf(id), resource }, IngestJobInfo);
  }

  /**
   * A file with the results of an ended job, as CSV. Its rows are in no order.
   * @param openBody returns what gets the bytes as they come, because a file can have 100 MB
   */
  async results(id: string, file: IngestResults, openBody: OpenBody): Promise<void> {
    const call = { method: 'GET', path: `${pathOf(id)}/${file}`, resource: `${resource}/${file}` } as const;
    await this.#send({ ...call, isText: true, openBody }, z.string());
  }
}

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}
