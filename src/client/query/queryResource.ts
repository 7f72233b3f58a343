import { z } from 'zod';
import { definedValues } from '../../base/definedValues.js';
import { QueryPage } from '../../contract/query.js';
import type { Send } from '../transport/send.js';
import { QueryPages } from './queryPages.js';
import { askSeveral, queriesAtOnce } from './severalQueries.js';
import { encodedSoql } from './soql.js';

const AnyRecord = z.record(z.string(), z.unknown());
export type QueryRecord = z.infer<typeof AnyRecord>;

/** `client.query`: runs SOQL and reads all pages. */
export class QueryResource {
  readonly #send: Send;
  readonly #apiVersion: string;

  constructor(send: Send, apiVersion: string) {
    this.#send = send;
    this.#apiVersion = apiVersion;
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
    yield* this.#pagesFrom(pathOf(soql), { shape, pages: new QueryPages(soql), signal });
  }

  /**
   * Returns all records of several queries with the same shape, in no order. Up to five of them take one call:
   * `POST /composite`.
   */
  async rowsOfAll<T>(queries: readonly string[], shape: z.ZodType<T>): Promise<T[]> {
    const rows: T[] = [];
    for (let at = 0; at < queries.length; at += queriesAtOnce) {
      rows.push(...(await this.#several(queries.slice(at, at + queriesAtOnce), shape)));
    }
    return rows;
  }

  /** Returns the first page of each of these queries, at most five, in one call. */
  async firstPages(queries: readonly string[]): Promise<QueryPage[]> {
    return askSeveral(this.#send, this.#wholePaths(queries), QueryPage);
  }

  /** Returns all of `rows` at once. */
  async allRows<T>(soql: string, shape: z.ZodType<T>, signal?: AbortSignal): Promise<T[]> {
    const rows: T[] = [];
    for await (const row of this.rows(soql, shape, signal)) rows.push(row);
    return rows;
  }

  async #several<T>(queries: readonly string[], shape: z.ZodType<T>): Promise<T[]> {
    const [only, ...others] = queries;
    if (only !== undefined && others.length === 0) return this.allRows(only, shape);
    const firsts = await askSeveral(
      this.#send,
      this.#wholePaths(queries),
      QueryPage.extend({ records: z.array(shape) }),
    );
    const rows: T[] = [];
    for (const [index, first] of firsts.entries()) {
      rows.push(...first.records);
      const pages = new QueryPages(queries[index] ?? '');
      for await (const row of this.#pagesFrom(pages.next(first), { shape, pages })) rows.push(row);
    }
    return rows;
  }

  #wholePaths(queries: readonly string[]): string[] {
    return queries.map((soql) => `/services/data/v${this.#apiVersion}${pathOf(soql)}`);
  }

  async *#pagesFrom<T>(
    first: string | undefined,
    { shape, pages, signal }: { shape: z.ZodType<T>; pages: QueryPages; signal?: AbortSignal | undefined },
  ): AsyncGenerator<T, void, void> {
    const Page = QueryPage.extend({ records: z.array(shape) });
    let path = first;
    while (path !== undefined) {
      const page: z.infer<typeof Page> = await this.#send(
        { method: 'GET', path, resource: '/query', ...definedValues({ signal }) },
        Page,
      );
      path = pages.next(page);
      yield* page.records;
    }
  }
}

function pathOf(soql: string): string {
  return `/query?q=${encodedSoql(soql)}`;
}
