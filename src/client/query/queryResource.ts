import { z } from 'zod';
import { definedValues } from '../../base/definedValues.js';
import { QueryPage } from '../../contract/query.js';
import type { Send } from '../transport/send.js';
import { QueryPages } from './queryPages.js';
import { encodedSoql } from './soql.js';

const AnyRecord = z.record(z.string(), z.unknown());
export type QueryRecord = z.infer<typeof AnyRecord>;

/** `client.query`: runs SOQL and reads all pages. */
export class QueryResource {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Yields every record of the result, page by page. Memory holds one page. */
  records(soql: string, signal?: AbortSignal): AsyncGenerator<QueryRecord, void, void> {
    return this.rows(soql, AnyRecord, signal);
  }

  /** Returns the whole result at once. */
  async all(soql: string, signal?: AbortSignal): Promise<QueryRecord[]> {
    return this.allRows(soql, AnyRecord, signal);
  }

  /** Returns the number that a `SELECT COUNT() FROM …` counts. Its answer has no records. */
  async count(soql: string): Promise<number> {
    const page = await this.#send({ method: 'GET', path: pathOf(soql) }, QueryPage);
    return page.totalSize;
  }

  /**
   * Like `records`, but parses each record with `shape`.
   *
   * @throws {LostAnswerError} when a record does not match, or when the pages do not end or do not have as many records
   * as the org counted: a transaction whose record a look-up misses would be sent twice
   */
  async *rows<T>(soql: string, shape: z.ZodType<T>, signal?: AbortSignal): AsyncGenerator<T, void, void> {
    const Page = QueryPage.extend({ records: z.array(shape) });
    let path: string | undefined = pathOf(soql);
    const pages = new QueryPages(soql);
    while (path !== undefined) {
      const page: z.infer<typeof Page> = await this.#send(
        { method: 'GET', path, resource: '/query', ...definedValues({ signal }) },
        Page,
      );
      path = pages.next(page);
      yield* page.records;
    }
  }

  /** Returns all of `rows` at once. */
  async allRows<T>(soql: string, shape: z.ZodType<T>, signal?: AbortSignal): Promise<T[]> {
    const rows: T[] = [];
    for await (const row of this.rows(soql, shape, signal)) rows.push(row);
    return rows;
  }
}

function pathOf(soql: string): string {
  return `/query?q=${encodedSoql(soql)}`;
}
