import { z } from 'zod';
import { definedValues } from '../../base/definedValues.js';
import { BulkQueryInfo, BulkQueryPages } from '../../contract/bulkJobs.js';
import { LostAnswerError } from '../failures/callErrors.js';
import type { OpenBody } from '../transport/exchange.js';
import type { Send } from '../transport/send.js';

const path = '/jobs/query';
const resource = `${path}/{id}`;

/** `client.bulkQueries`: queries of Bulk API 2.0. They count against their own limits, and their rows come as CSV. */
export class BulkQueriesResource {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** `POST /jobs/query`: begins to run a query. Without aggregates, sub-queries and `OFFSET`. */
  async create(soql: string): Promise<BulkQueryInfo> {
    const body = { operation: 'query', query: soql };
    return this.#send({ method: 'POST', path, body }, BulkQueryInfo);
  }

  /** `GET /jobs/query/{id}` */
  async status(id: string): Promise<BulkQueryInfo> {
    return this.#send({ method: 'GET', path: pathOf(id), resource }, BulkQueryInfo);
  }

  /** `DELETE /jobs/query/{id}`: forgets a job that has ended, and its results. */
  async remove(id: string): Promise<void> {
    await this.#send({ method: 'DELETE', path: pathOf(id), resource }, z.unknown());
  }

  /**
   * `GET /jobs/query/{id}/resultPages`: yields the addresses of the pages of a job that is complete. Every page is CSV
   * with a header.
   * @throws {LostAnswerError} for an address outside of the API, and for one that comes twice
   */
  async *pages(id: string): AsyncGenerator<string, void, void> {
    const seen = new Set<string>();
    let next: string | undefined = `${pathOf(id)}/resultPages`;
    while (next !== undefined) {
      const answer: BulkQueryPages = await this.#send(
        { method: 'GET', path: next, resource: `${resource}/resultPages` },
        BulkQueryPages,
      );
      for (const { resultUrl } of answer.resultPages) yield newAddress(resultUrl, seen);
      next = answer.nextRecordsUrl === undefined ? undefined : newAddress(answer.nextRecordsUrl, seen);
    }
  }

  /**
   * Reads a page.
   * @param openBody returns what gets the bytes as they come
   */
  async page(address: string, openBody: OpenBody, signal?: AbortSignal): Promise<void> {
    const call = {
      method: 'GET',
      path: address,
      resource: `${resource}/results`,
      ...definedValues({ signal }),
    } as const;
    await this.#send({ ...call, isText: true, openBody }, z.string());
  }
}

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}

/** Only a path is followed, so no answer can send the token to another host. */
function newAddress(address: string, seen: Set<string>): string {
  if (address.startsWith('/services/data/') && !seen.has(address)) {
    seen.add(address);
    return address;
  }
  const message = `The pages of a bulk query lead to ${JSON.stringify(address)}, which is not a new page of this org.`;
  throw new LostAnswerError('unreadable', message, true, { isRead: true });
}
