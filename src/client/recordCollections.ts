import { CollectionResult } from '../contract/query.js';
import { LostAnswerError, LoyaltyApiError } from './failures/callErrors.js';
import type { Call, Send } from './transport/send.js';

export type FieldValues = Record<string, string | number | boolean | null>;

/** Most records of one request, and most sequences of records of the same object. Guide: "Using sObject Collections". */
export const collectionLimits = { records: 200, sequences: 10 } as const;

export interface RecordToCreate {
  readonly object: string;
  readonly fields: FieldValues;
}

export interface RecordToUpdate extends RecordToCreate {
  readonly id: string;
}

/** Why the org refused one of several records. Nothing of the request was stored. */
export class RefusedRecordError extends Error {
  override readonly name = 'RefusedRecordError';

  constructor(
    /** Position of the record in the request. */
    readonly index: number,
    override readonly cause: LoyaltyApiError,
  ) {
    super(cause.message, { cause });
  }
}

/** sObject Collections with `allOrNone`: the org stores all records of a request, or none. Sent at most once. */
export class RecordCollections {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** `POST /composite/sobjects`. Returns the new Ids, in order. @throws {RefusedRecordError} */
  async create(records: readonly RecordToCreate[]): Promise<string[]> {
    const rows = records.map(({ object, fields }) => ({ attributes: { type: object }, ...fields }));
    return this.#write({ method: 'POST', path, body: { allOrNone: true, records: rows } }, rows.length);
  }

  /** `PATCH /composite/sobjects`: other fields stay as they are. @throws {RefusedRecordError} */
  async update(records: readonly RecordToUpdate[]): Promise<void> {
    const rows = records.map(({ object, id, fields }) => ({ attributes: { type: object }, id, ...fields }));
    await this.#write({ method: 'PATCH', path, body: { allOrNone: true, records: rows } }, rows.length);
  }

  /** `DELETE /composite/sobjects`. @throws {RefusedRecordError} */
  async delete(ids: readonly string[]): Promise<void> {
    const query = `?ids=${ids.map(encodeURIComponent).join(',')}&allOrNone=true`;
    await this.#write({ method: 'DELETE', path: path + query, resource: path }, ids.length);
  }

  async #write(call: Call, count: number): Promise<string[]> {
    const results = await this.#send(call, CollectionResult);
    const request = `${call.method} ${path}`;
    const refused = firstRefused(results);
    if (refused) throw new RefusedRecordError(refused.index, refused.error.ofRequest(request));
    const ids = results.flatMap(({ id }) => id ?? []);
    if (results.length === count && ids.length === count) return ids;
    const message = `The org answered ${ids.length} Ids to ${count} records.`;
    throw new LostAnswerError('unreadable', message, true).ofRequest(request);
  }
}

const path = '/composite/sobjects';

/** The code of the records that are fine, and were undone because of another one. */
const undone = 'ALL_OR_NONE_OPERATION_ROLLED_BACK';

function firstRefused(results: CollectionResult): { index: number; error: LoyaltyApiError } | undefined {
  const refused = results.flatMap(({ success, errors }, index) => (success ? [] : [{ index, errors }]));
  const first = refused.find(({ errors }) => errors.some(({ statusCode }) => statusCode !== undone)) ?? refused[0];
  if (!first) return undefined;
  const items = first.errors.map(({ statusCode, message, fields }) => {
    return { errorCode: statusCode, message, fields: fields ?? [] };
  });
  const body = JSON.stringify(items);
  return { index: first.index, error: new LoyaltyApiError({ statusCode: 400, headers: {}, body }) };
}
