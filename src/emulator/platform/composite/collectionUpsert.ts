import { OrgRefusal, refused } from '../../orgRefusal.js';
import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import type { ModelField, SObjectType } from '../../store/model/objectModel.js';
import type { Store, WriteOptions } from '../../store/store.js';
import { keyFieldOf, keyOf, upsert } from '../../store/upsertRow.js';
import type { Key } from '../../store/upsertRow.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import { typeOfPath } from '../records/rowEndpoints.js';
import { readRecords } from './collectionRequest.js';
import type { TypedRecord } from './collectionRequest.js';
import { withoutId, writerOf } from './collectionEndpoints.js';
import { repeated } from './repeatedReference.js';
import { saved } from './rowResult.js';
import type { RowResult } from './rowResult.js';
import { writeCollection } from './writeCollection.js';

/** Upserts up to 200 rows of one object. Each record contains its own key. */
export function collectionUpsertEndpoints({ store }: Org): Endpoint[] {
  return [
    {
      method: 'PATCH',
      path: '/services/data/:version/composite/sobjects/:object/:key',
      since: 46,
      handle: (request) => upsertRows(store, request),
    },
  ];
}

function upsertRows(store: Store, request: OrgRequest): OrgResponse {
  const type = typeOfPath(store, request);
  const field = keyFieldOf(type, request.params['key'] ?? '');
  const { rows, allOrNone } = readRecords(store, request);
  requireOneType(type, rows);
  const keyed = rows.map(({ given }) => keyedRow(type, field, given));
  const twice = repeated(keyed.map(({ key }) => comparable(key)));
  const writer = writerOf(request);
  const results = writeCollection(store, { rows: keyed, allOrNone }, ({ key, given }) => {
    if (key instanceof OrgRefusal) throw key;
    const text = comparable(key);
    if (text !== undefined && twice.has(text)) {
      throw refused('DUPLICATE_VALUE', `Duplicate external id specified: ${String(key.value)}`);
    }
    return field.name === 'Id' ? upsertById(store, key, { given, writer }) : upsertRow(store, key, { given, writer });
  });
  return ok(results.map(toUpsertResult));
}

/** Each result has `created`. It is false for a row that was refused or rolled back. */
function toUpsertResult({ created, ...result }: RowResult): RowResult {
  return { ...result, created: result.success && created === true };
}

/** @throws {OrgRefusal} 400 INVALID_TYPE when a record has another object than the address */
function requireOneType(type: SObjectType, rows: readonly TypedRecord[]): void {
  const other = rows.find((row) => row.type !== type);
  if (!other) return;
  const message = `The record's type ${other.type.name} is not ${type.name}, the type of the request`;
  throw new OrgRefusal(400, 'INVALID_TYPE', message);
}

interface KeyedRow {
  /** The key, or the error to report for this row if its value cannot be a key. */
  readonly key: Key | OrgRefusal;
  readonly given: GivenValues;
}

function keyedRow(type: SObjectType, field: ModelField, record: GivenValues): KeyedRow {
  const given: Record<string, unknown> = {};
  let value: unknown;
  for (const name in record) {
    if (type.field(name) === field) value = record[name];
    else given[name] = record[name];
  }
  return { key: readKey(type, field, value), given };
}

function readKey(type: SObjectType, field: ModelField, value: unknown): Key | OrgRefusal {
  try {
    return keyOf(type, field.name, value);
  } catch (error) {
    if (error instanceof OrgRefusal) return error;
    throw error;
  }
}

/**
 * Returns a text that is equal for keys that find the same row. Case matters only for ids and case-sensitive fields.
 */
function comparable(key: Key | OrgRefusal): string | undefined {
  if (key instanceof OrgRefusal || key.value === null) return undefined;
  const text = String(key.value);
  return key.field.definition.caseSensitive === true || key.field.name === 'Id' ? text : text.toLowerCase();
}

interface RowData {
  readonly given: GivenValues;
  readonly writer: WriteOptions;
}

function upsertRow(store: Store, key: Key, { given, writer }: RowData): RowResult {
  const result = upsert(store, key, given, writer);
  if (result.outcome !== 'ambiguous') return { ...saved(result.id), created: result.outcome === 'created' };
  const found = `more than one record found for external id field: [${result.ids.join(', ')}]`;
  throw refused('DUPLICATE_EXTERNAL_ID', `${key.field.label}: ${found}`);
}

/** Updates a record with an id and inserts a record without one. An unknown id is refused. */
function upsertById(store: Store, { type, value }: Key, { given, writer }: RowData): RowResult {
  const values = withoutId(given).given;
  if (typeof value !== 'string') return { ...saved(store.insert(type.name, values, writer)), created: true };
  store.update(type.name, value, values, writer);
  return { ...saved(value), created: false };
}
