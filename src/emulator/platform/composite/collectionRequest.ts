import { ApiError } from '../../apiError.js';
import type { OrgRequest } from '../../http/endpoint.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import type { GivenValues } from '../../store/values/validate.js';
import { absentObject, isStandardObject } from '../../unimplemented/standardObjects.js';
import type { RowsToWrite } from './writeRows.js';

/** Rows that one call may write. */
const mostRows = 200;
/** Rows of the same object that stand together are one run. */
const mostRuns = 10;

/** One record of `{ "allOrNone": false, "records": [{ "attributes": { "type": "Account" }, "Name": "Acme" }] }`. */
export interface TypedRecord {
  readonly type: SObjectType;
  /** Everything the record says, `attributes` included. */
  readonly given: GivenValues;
}

/**
 * The body of a create, update or upsert.
 *
 * @throws ApiError 400 EXCEEDED_ID_LIMIT (more than 200 records, text as clients have reported it), LIMIT_EXCEEDED
 *   (more than 10 runs), INVALID_TYPE (no object, or an unknown one), JSON_PARSER_ERROR (not of this form)
 */
export function readRecords(store: Store, { body, version }: OrgRequest): RowsToWrite<TypedRecord> {
  const { allOrNone = false, records } = body.object();
  if (typeof allOrNone !== 'boolean') throw unexpected('allOrNone');
  if (!Array.isArray(records)) throw unexpected('records');
  requireAtMost(mostRows, records.length);
  const rows = records.map((record) => typed(store, record, version));
  requireFewRuns(rows.map(({ type }) => type));
  return { rows, allOrNone };
}

/** @throws ApiError 400 EXCEEDED_ID_LIMIT */
export function requireAtMost(most: number, count: number): void {
  if (count <= most) return;
  const message = `record limit reached. cannot submit more than ${most} records into this call`;
  throw new ApiError(400, 'EXCEEDED_ID_LIMIT', message);
}

/** Ids of `?ids=a,b`. @throws ApiError 400 MISSING_ARGUMENT, EXCEEDED_ID_LIMIT */
export function readIds({ query }: OrgRequest, most = mostRows): string[] {
  const ids = (query.get('ids') ?? '').split(',').map((id) => id.trim());
  if (ids.every((id) => id === '')) throw missing('ids');
  requireAtMost(most, ids.length);
  return ids;
}

/** {account, account, contact, account} are three runs. @throws ApiError 400 LIMIT_EXCEEDED */
export function requireFewRuns(types: readonly (SObjectType | undefined)[]): void {
  const runs = types.filter((type, index) => index === 0 || type !== types[index - 1]).length;
  if (runs <= mostRuns) return;
  const message = `Cannot have more than ${mostRuns} chunks in a single operation. Please rearrange the data to reduce chunking.`;
  throw new ApiError(400, 'LIMIT_EXCEEDED', message);
}

export function missing(name: string): ApiError {
  return new ApiError(400, 'MISSING_ARGUMENT', `The ${name} parameter is missing`);
}

export function unexpected(name: string): ApiError {
  return new ApiError(
    400,
    'JSON_PARSER_ERROR',
    `Unexpected parameter encountered during deserialization: ${name} is missing or of another form`,
  );
}

/** Is it a JSON object? */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typed(store: Store, record: unknown, version: number): TypedRecord {
  if (!isObject(record)) throw unexpected('a record');
  const name = isObject(record['attributes']) ? record['attributes']['type'] : undefined;
  if (typeof name !== 'string') {
    throw new ApiError(400, 'INVALID_TYPE', 'Each record needs attributes with the type of the sObject');
  }
  return { type: typeNamed(store, name, version), given: record };
}

/** @throws ApiError 400 INVALID_TYPE */
export function typeNamed(store: Store, name: string, version: number): SObjectType {
  const type = store.model.type(name);
  if (type && type.definition.since <= version) return type;
  if (!type && isStandardObject(name)) throw absentObject(name);
  throw new ApiError(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
}
