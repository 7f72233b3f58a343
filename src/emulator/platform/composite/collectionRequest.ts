import { isJsonObject } from '../../../base/jsonObject.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { OrgRequest } from '../../http/orgEndpoint.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import { collectionGiven } from '../files/collectionBody.js';
import { absentObject, isStandardObject } from '../../unimplemented/standardObjects.js';
import type { RowsToWrite } from './writeCollection.js';

/** Maximum number of rows that one call may write. */
const mostRows = 200;
/** Maximum number of runs. A run is a sequence of rows of the same object. */
const mostRuns = 10;

/** One record of `{ "allOrNone": false, "records": [{ "attributes": { "type": "Account" }, "Name": "Acme" }] }`. */
export interface TypedRecord {
  readonly type: SObjectType;
  /** All members of the record, including `attributes`. */
  readonly given: GivenValues;
}

/**
 * Reads the body of a create, update or upsert.
 *
 * @throws {OrgRefusal} 400 EXCEEDED_ID_LIMIT when there are more than 200 records (the text is as reported by clients),
 *   LIMIT_EXCEEDED when there are more than 10 runs, INVALID_TYPE when an object is missing or unknown,
 *   JSON_PARSER_ERROR when the body has another form
 */
export function readRecords(store: Store, request: OrgRequest): RowsToWrite<TypedRecord> {
  const { allOrNone = false, records } = collectionGiven(request);
  if (typeof allOrNone !== 'boolean') throw unexpected('allOrNone');
  if (!Array.isArray(records)) throw unexpected('records');
  requireAtMost(mostRows, records.length);
  const rows = records.map((record) => typed(store, record, request.version));
  requireFewRuns(rows.map(({ type }) => type));
  return { rows, allOrNone };
}

/** @throws {OrgRefusal} 400 EXCEEDED_ID_LIMIT when `count` is greater than `most` */
export function requireAtMost(most: number, count: number): void {
  if (count <= most) return;
  const message = `record limit reached. cannot submit more than ${most} records into this call`;
  throw new OrgRefusal(400, 'EXCEEDED_ID_LIMIT', message);
}

/**
 * Reads the ids in `?ids=a,b`.
 *
 * @throws {OrgRefusal} 400 MISSING_ARGUMENT when there are none, EXCEEDED_ID_LIMIT when there are too many
 */
export function readIds({ query }: OrgRequest, most = mostRows): string[] {
  const ids = (query.get('ids') ?? '').split(',').map((id) => id.trim());
  if (ids.every((id) => id === '')) throw missing('ids');
  requireAtMost(most, ids.length);
  return ids;
}

/**
 * Checks the number of runs. The rows {account, account, contact, account} form three runs.
 *
 * @throws {OrgRefusal} 400 LIMIT_EXCEEDED when there are too many runs
 */
export function requireFewRuns(types: readonly (SObjectType | undefined)[]): void {
  const runs = types.filter((type, index) => index === 0 || type !== types[index - 1]).length;
  if (runs <= mostRuns) return;
  const message = `Cannot have more than ${mostRuns} chunks in a single operation. Please rearrange the data to reduce chunking.`;
  throw new OrgRefusal(400, 'LIMIT_EXCEEDED', message);
}

export function missing(name: string): OrgRefusal {
  return new OrgRefusal(400, 'MISSING_ARGUMENT', `The ${name} parameter is missing`);
}

export function unexpected(name: string): OrgRefusal {
  return new OrgRefusal(
    400,
    'JSON_PARSER_ERROR',
    `Unexpected parameter encountered during deserialization: ${name} is missing or has another form`,
  );
}

function typed(store: Store, record: unknown, version: number): TypedRecord {
  if (!isJsonObject(record)) throw unexpected('a record');
  const name = isJsonObject(record['attributes']) ? record['attributes']['type'] : undefined;
  if (typeof name !== 'string') {
    throw new OrgRefusal(400, 'INVALID_TYPE', 'Each record needs attributes with the type of the sObject');
  }
  return { type: typeNamed(store, name, version), given: record };
}

/** @throws {OrgRefusal} 400 INVALID_TYPE when the API version has no such object */
export function typeNamed(store: Store, name: string, version: number): SObjectType {
  const type = store.model.type(name);
  if (type && type.definition.since <= version) return type;
  if (!type && isStandardObject(name)) throw absentObject(name);
  throw new OrgRefusal(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
}
