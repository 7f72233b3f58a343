import { z } from 'zod';
import { QueryPage } from '../../contract/query.js';
import type { Send } from '../transport/send.js';
import { QueryPages } from './queryPages.js';
import { encodedSoql } from './soql.js';

const AnyRecord = z.record(z.string(), z.unknown());
export type QueryRecord = z.infer<typeof AnyRecord>;

/** `client.query`: SOQL over all pages. */
export class QueryResource {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Every record of the result, page by page: memory holds one page. */
  records(soql: string, signal?: AbortSignal): AsyncGenerator<QueryRecord, void, void> {
    return this.rows(soql, AnyRecord, signal);
  }

  /** The whole result at once. */
  async all(soql: string, signal?: AbortSignal): Promise<QueryRecord[]> {
    return this.allRows(soql, AnyRecord, signal);
  }

  /** The number that a `SELECT COUNT() FROM …` counts. Its answer has no records. */
  async count(soql: string): Promise<number> {
    const page = await this.#send({ method: 'GET', path: pathOf(soql) }, QueryPage);
    return page.totalSize;
  }

  /**
   * Like `records`, with each record read by `shape`.
   *
   * @throws {LostAnswerError} when a record does not fit, or when the pages do not end, or hold more or fewer records
   * than the org counted: a look-up that misses a record would send it twice
   */
  async *rows<T>(soql: string, shape: z.ZodType<T>, signal?: AbortSignal): AsyncGenerator<T, void, void> {
    const Page = QueryPage.extend({ records: z.array(shape) });
    let path: string | undefined = pathOf(soql);
    const pages = new QueryPages(soql);
    while (path !== undefined) {
      const page: z.infer<typeof Page> = await this.#send({ method: 'GET', path, ...(signal && { signal }) }, Page);
      path = pages.next(page);
      yield* page.records;
    }
  }

  /** All of `rows` at once. */
  async allRows<T>(soql: string, shape: z.ZodType<T>, signal?: AbortSignal): Promise<T[]> {
    const rows: T[] = [];
    for await (const row of this.rows(soql, shape, signal)) rows.push(row);
    return rows;
  }
}

function pathOf(soql: string): string {
  return `/query?q=${encodedSoql(soql)}`;
}
