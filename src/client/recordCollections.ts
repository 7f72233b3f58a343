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

/** What became of one of several records that are stored each on its own. */
export type RecordCreation = { readonly id: string } | { readonly error: LoyaltyApiError };

/**
 * sObject Collections: with `allOrNone`, unless a method says otherwise, so that the org stores all records of a request,
 * or none. Sent at most once.
 */
export class RecordCollections {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** `POST /composite/sobjects`. Returns the new Ids, in order. @throws {RefusedRecordError} */
  async create(records: readonly RecordToCreate[]): Promise<string[]> {
    return this.#write(
      { method: 'POST', path, body: { allOrNone: true, records: records.map(toRow) } },
      records.length,
    );
  }

  /**
   * `POST /composite/sobjects` without `allOrNone`: a record that is refused does not undo the others. Returns what became
   * of each, in order.
   * @throws {LostAnswerError} also when the org answers another number of results, or a success without an Id
   */
  async createEach(records: readonly RecordToCreate[]): Promise<RecordCreation[]> {
    const body = { allOrNone: false, records: records.map(toRow) };
    const results = await this.#send({ method: 'POST', path, body }, CollectionResult);
    const created = results.flatMap((result): RecordCreation[] => {
      if (!result.success) return [{ error: errorOf(result).ofRequest(`POST ${path}`) }];
      return result.id ? [{ id: result.id }] : [];
    });
    if (results.length === records.length && created.length === records.length) return created;
    throw strangeCount(created.length, records.length).ofRequest(`POST ${path}`);
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
    throw strangeCount(ids.length, count).ofRequest(request);
  }
}

function toRow({ object, fields }: RecordToCreate): object {
  return { attributes: { type: object }, ...fields };
}

function strangeCount(ids: number, count: number): LostAnswerError {
  return new LostAnswerError('unreadable', `The org answered ${ids} Ids to ${count} records.`, true);
}

const path = '/composite/sobjects';

/** The code of the records that are fine, and were undone because of another one. */
const undone = 'ALL_OR_NONE_OPERATION_ROLLED_BACK';

function firstRefused(results: CollectionResult): { index: number; error: LoyaltyApiError } | undefined {
  const refused = results.flatMap(({ success, errors }, index) => (success ? [] : [{ index, errors }]));
  const first = refused.find(({ errors }) => errors.some(({ statusCode }) => statusCode !== undone)) ?? refused[0];
  if (!first) return undefined;
  return { index: first.index, error: errorOf(first) };
}

/** Records have their errors in another form than requests. */
function errorOf({ errors }: Pick<CollectionResult[number], 'errors'>): LoyaltyApiError {
  const items = errors.map(({ statusCode, message, fields }) => ({
    errorCode: statusCode,
    message,
    fields: fields ?? [],
  }));
  return new LoyaltyApiError({ statusCode: 400, headers: {}, body: JSON.stringify(items) });
}
