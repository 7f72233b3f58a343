import { z } from 'zod';
import { CompositeResult, DescribeResult, QueryPage, SaveResult } from '../contract/query.js';
import { LoyaltyApiError } from './failures/callErrors.js';
import type { HttpAnswer } from './failures/httpAnswer.js';
import { parseAnswer } from './parseAnswer.js';
import { encodedSoql } from './query/soql.js';
import { RecordCollections } from './recordCollections.js';
import type { FieldValues } from './recordCollections.js';
import type { Send } from './transport/send.js';

export type { FieldValues };

/** `client.sobjects`: works with single rows of any object. */
export class SObjectsResource {
  /** Writes up to 200 records in one request. */
  readonly collections: RecordCollections;
  readonly #send: Send;
  readonly #apiVersion: string;

  constructor(send: Send, apiVersion: string) {
    this.collections = new RecordCollections(send);
    this.#send = send;
    this.#apiVersion = apiVersion;
  }

  /** `POST /sobjects/{object}`, sent at most once. Returns the new Id. */
  async create(object: string, fields: FieldValues): Promise<string> {
    const path = pathOf(object);
    const saved = await this.#send({ method: 'POST', path, body: fields }, SaveResult);
    const answer = { what: 'An answer to a create came', request: `POST ${path}` };
    return parseAnswer(saved, z.object({ success: z.literal(true), id: z.string() }), answer).id;
  }

  /** `PATCH /sobjects/{object}/{id}`: other fields stay as they are. */
  async update(object: string, id: string, fields: FieldValues): Promise<void> {
    const path = `${pathOf(object)}/${encodeURIComponent(id)}`;
    // The status is 204. An answer with a body does not come from this resource.
    const resource = `${pathOf(object)}/{id}`;
    await this.#send({ method: 'PATCH', path, body: fields, resource }, z.undefined());
  }

  /**
   * `POST /composite` with one PATCH and one query, in this order, so the query sees the state after the write. Sent at
   * most once.
   * @throws {LoyaltyApiError} for the first part that failed
   */
  async updateAndQuery<T>(
    { object, id, fields }: { object: string; id: string; fields: FieldValues },
    soql: string,
    shape: z.ZodType<T>,
  ): Promise<T[]> {
    const root = `/services/data/v${this.#apiVersion}`;
    const compositeRequest = [
      {
        method: 'PATCH',
        url: `${root}${pathOf(object)}/${encodeURIComponent(id)}`,
        referenceId: 'write',
        body: fields,
      },
      { method: 'GET', url: `${root}/query?q=${encodedSoql(soql)}`, referenceId: 'read' },
    ];
    const body = { allOrNone: false, compositeRequest };
    const { compositeResponse } = await this.#send({ method: 'POST', path: '/composite', body }, CompositeResult);
    for (const { httpStatusCode, body: part } of compositeResponse) {
      if (httpStatusCode >= 300) throw new LoyaltyApiError(answerOf(httpStatusCode, part)).ofRequest('POST /composite');
    }
    const Page = QueryPage.extend({ records: z.array(shape) });
    return parseAnswer(compositeResponse.at(-1)?.body, Page, {
      what: 'An answer to a composite call came',
      request: 'POST /composite',
    }).records;
  }

  /** Returns the description of an object for this org and user: field names, lengths, and what may be written. */
  async describe(object: string): Promise<DescribeResult> {
    return this.#send({ method: 'GET', path: `${pathOf(object)}/describe` }, DescribeResult);
  }
}

function pathOf(object: string): string {
  return `/sobjects/${encodeURIComponent(object)}`;
}

/** Turns a part of a composite answer into a separate answer. */
function answerOf(statusCode: number, body: unknown): HttpAnswer {
  return { statusCode, headers: {}, body: JSON.stringify(body ?? null) };
}
