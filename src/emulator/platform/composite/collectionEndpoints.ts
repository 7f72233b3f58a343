import { OrgRefusal, refused } from '../../orgRefusal.js';
import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { isId, to18 } from '../../store/ids/recordIds.js';
import type { Store, WriteOptions } from '../../store/store.js';
import type { GivenValues } from '../../store/values/validateRow.js';
import { recordMediaTypes } from '../files/recordBody.js';
import { insertRecord, updateRecord } from '../files/writeFile.js';
import { readIds, readRecords, requireFewRuns } from './collectionRequest.js';
import type { TypedRecord } from './collectionRequest.js';
import { repeated } from './repeatedReference.js';
import { saved } from './rowResult.js';
import type { RowResult } from './rowResult.js';
import { writeCollection } from './writeCollection.js';

const path = '/services/data/:version/composite/sobjects';
const since = 42;

/**
 * sObject Collections: up to 200 rows in one call. The answer is always 200, with one result per row in the order of
 * the request, even if rows were refused. Upsert is in `collectionUpsert.ts`, reading in `retrieve.ts`.
 */
export function collectionEndpoints({ store }: Org): Endpoint[] {
  return [
    { method: 'POST', path, since, takes: recordMediaTypes, handle: (request) => create(store, request) },
    { method: 'PATCH', path, since, takes: recordMediaTypes, handle: (request) => update(store, request) },
    { method: 'DELETE', path, since, handle: (request) => remove(store, request) },
  ];
}

function create(store: Store, request: OrgRequest): OrgResponse {
  const { userId } = request.session;
  const insert = ({ type, given }: TypedRecord): RowResult => saved(insertRecord(store, type, { given, userId }));
  return ok(writeCollection(store, readRecords(store, request), insert));
}

/** Returns who writes the rows. */
export function writerOf({ session }: OrgRequest): WriteOptions {
  return { userId: session.userId };
}

function update(store: Store, request: OrgRequest): OrgResponse {
  const { userId } = request.session;
  const { rows, allOrNone } = readRecords(store, request);
  const updates = rows.map((row) => ({ ...row, ...withoutId(row.given) }));
  const twice = repeated(updates.map(({ id }) => (id === undefined ? undefined : to18(id))));
  return ok(
    writeCollection(store, { rows: updates, allOrNone }, ({ type, id, given }) => {
      const known = requireId(id, twice);
      updateRecord(store, type, known, { given, userId });
      return saved(known);
    }),
  );
}

/**
 * @throws {OrgRefusal} 400 MISSING_ARGUMENT, MALFORMED_ID or DUPLICATE_VALUE when an id is missing, invalid or repeated
 */
function requireId(id: string | undefined, twice: ReadonlySet<string>): string {
  if (id === undefined) throw refused('MISSING_ARGUMENT', 'Id not specified in an update call');
  if (!isId(id)) throw refused('MALFORMED_ID', `malformed id ${id}`);
  const known = to18(id);
  if (twice.has(known)) throw refused('DUPLICATE_VALUE', `duplicate id specified: ${id}`);
  return known;
}

/**
 * Separates a record's id from its other members. The name of the id may have any case, because jsforce writes `id`.
 */
export function withoutId(given: GivenValues): { id: string | undefined; given: GivenValues } {
  const rest: Record<string, unknown> = {};
  let id: string | undefined;
  for (const name in given) {
    const value = given[name];
    if (name.length !== 2 || name.toLowerCase() !== 'id') rest[name] = value;
    else if (typeof value === 'string' && value !== '') id = value;
  }
  return { id, given: rest };
}

function remove(store: Store, request: OrgRequest): OrgResponse {
  const writer = writerOf(request);
  const rows = readIds(request);
  requireFewRuns(rows.map((id) => store.model.typeOfId(id)));
  const twice = repeated(rows.map(to18));
  const allOrNone = request.query.get('allOrNone') === 'true';
  return ok(
    writeCollection(store, { rows, allOrNone }, (given) => {
      const id = requireId(given, twice);
      const type = store.model.typeOfId(id);
      if (!type) throw new OrgRefusal(400, 'MALFORMED_ID', `malformed id ${given}`, []);
      store.delete(type.name, id, writer);
      return saved(id);
    }),
  );
}
