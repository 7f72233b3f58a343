import { notFound } from '../../orgRefusal.js';
import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import { keyOf, upsert } from '../../store/upsertRow.js';
import type { Key } from '../../store/upsertRow.js';
import { blobOf } from '../files/blobResponse.js';
import { recordUrl, toRecord } from './recordEndpoints.js';
import { related } from './relatedRows.js';
import { created, typeOfPath } from './rowEndpoints.js';

const path = '/services/data/:version/sobjects/:object/:key/:value';
/** Before this version, an upsert that updates a record answers without a body. */
const answersUpdatesSince = 46;

/** Reads, upserts or deletes a record by an External ID or idLookup field, and reads related records of a record. */
export function keyedRowEndpoints({ store }: Org): Endpoint[] {
  return [
    {
      method: 'GET',
      path,
      handle: (request) => {
        const type = typeOfPath(store, request);
        return blobOf(store, type, request) ?? related(store, type, request) ?? read(store, request);
      },
    },
    { method: 'PATCH', path, handle: (request) => store.transaction(() => write(store, request)) },
    { method: 'DELETE', path, handle: (request) => store.transaction(() => remove(store, request)) },
  ];
}

function read(store: Store, request: OrgRequest): OrgResponse {
  const { type, ids } = locate(store, request);
  const [id, ...others] = ids;
  if (id === undefined) throw notFound();
  const row = others.length === 0 ? store.get(type.name, id) : undefined;
  return row ? ok(toRecord(type, row, request)) : multipleChoices(request, type, ids);
}

function remove(store: Store, request: OrgRequest): OrgResponse {
  const { type, ids } = locate(store, request);
  const [id, ...others] = ids;
  if (id === undefined) throw notFound();
  if (others.length > 0) return multipleChoices(request, type, ids);
  store.delete(type.name, id, { userId: request.session.userId });
  return { status: 204 };
}

function write(store: Store, request: OrgRequest): OrgResponse {
  const { key, type, ids } = locate(store, request);
  if (ids.length === 0 && request.query.get('updateOnly') === 'true') throw notFound();
  const result = upsert(store, key, request.body.object(), { userId: request.session.userId });
  if (result.outcome === 'ambiguous') return multipleChoices(request, type, result.ids);
  const saved = { id: result.id, success: true, errors: [] };
  const told = request.version >= answersUpdatesSince;
  if (result.outcome === 'created') return created(request, type.name, told ? { ...saved, created: true } : saved);
  return told ? ok({ ...saved, created: false }) : { status: 204 };
}

function locate(store: Store, request: OrgRequest): { type: SObjectType; key: Key; ids: string[] } {
  const type = typeOfPath(store, request);
  const key = keyOf(type, request.params['key'] ?? '', request.params['value'] ?? '');
  return { type, key, ids: store.idsWith(type, key.field, key.value) };
}

/** The answer when several rows have the key: their addresses. Nothing was written. */
function multipleChoices({ version }: OrgRequest, { name }: SObjectType, ids: readonly string[]): OrgResponse {
  return { status: 300, body: ids.map((id) => recordUrl(version, name, id)) };
}
