import { notFound } from '../../orgRefusal.js';
import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { isId } from '../../store/ids/recordIds.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { notInBody } from '../../store/upsertRow.js';
import { absentObject } from '../../unimplemented/standardObjects.js';
import { fieldsGiven, recordMediaTypes } from '../files/recordBody.js';
import { insertRecord, updateRecord } from '../files/writeFile.js';
import { isKnown, requireConditions, requireMatch, validators } from './requestConditions.js';
import type { State } from './requestConditions.js';
import { entityTagOf } from './entityTags.js';
import { recordUrl, toRecord } from './recordEndpoints.js';

const path = '/services/data/:version/sobjects/:object';

/** Creates, reads, updates or deletes one record by its id. Other keys are handled in `keyedRows.ts`. */
export function rowEndpoints({ store }: Org): Endpoint[] {
  return [
    { method: 'POST', path, takes: recordMediaTypes, handle: (request) => create(store, request) },
    { method: 'GET', path: `${path}/:id`, handle: (request) => read(store, request) },
    { method: 'PATCH', path: `${path}/:id`, takes: recordMediaTypes, handle: (request) => update(store, request) },
    { method: 'DELETE', path: `${path}/:id`, handle: (request) => remove(store, request) },
    // The address of an upsert by `Id` without an id, which is an insert.
    { method: 'POST', path: `${path}/Id`, handle: (request) => create(store, request) },
  ];
}

function create(store: Store, request: OrgRequest): OrgResponse {
  const type = typeOfPath(store, request);
  const given = fieldsGiven(request, type);
  const { userId } = request.session;
  const id = store.transaction(() => insertRecord(store, type, { given, userId }));
  return created(request, type.name, { id, success: true, errors: [] });
}

/** The answer to a write of one record. */
export interface Saved {
  readonly id: string;
  readonly success: boolean;
  readonly errors: readonly unknown[];
  /** Only in the answer to an upsert. */
  readonly created?: boolean;
}

/** Answers 201 with the address of the new record. */
export function created(request: OrgRequest, objectName: string, body: Saved): OrgResponse {
  return { status: 201, body, headers: { location: recordUrl(request.version, objectName, body.id) } };
}

function read(store: Store, request: OrgRequest): OrgResponse {
  const { type, id } = addressOf(store, request);
  const row = store.get(type.name, id);
  if (!row) throw notFound();
  const state = stateOf(type, row);
  requireMatch(request, state);
  const headers = validators(state);
  return isKnown(request, state) ? { status: 304, headers } : { ...ok(toRecord(type, row, request)), headers };
}

function stateOf({ name }: SObjectType, row: SObjectRow): State {
  return { at: Date.parse(String(row['LastModifiedDate'])), tag: entityTagOf(name, row) };
}

function update(store: Store, request: OrgRequest): OrgResponse {
  const { type, id } = addressOf(store, request);
  const given = fieldsGiven(request, type);
  const named = Object.keys(given).find((name) => name.toLowerCase() === 'id');
  if (named !== undefined) throw notInBody('Id');
  requireConditions(request, () => {
    const row = store.get(type.name, id);
    return row && stateOf(type, row);
  });
  const { userId } = request.session;
  store.transaction(() => updateRecord(store, type, id, { given, userId }));
  return { status: 204 };
}

function remove(store: Store, request: OrgRequest): OrgResponse {
  const { type, id } = addressOf(store, request);
  store.delete(type.name, id, { userId: request.session.userId });
  return { status: 204 };
}

/** @throws {OrgRefusal} 404 NOT_FOUND when the API version has no object with the name in the path */
export function typeOfPath(store: Store, { params, version }: OrgRequest): SObjectType {
  return typeNamed(store, params['object'] ?? '', version);
}

/** The objects that `?q=Account,Contact` names. @throws {OrgRefusal} 404 or 501 when one does not exist */
export function typesOfQuery(store: Store, { query, version }: OrgRequest): SObjectType[] {
  const names = (query.get('q') ?? '').split(',').map((name) => name.trim());
  return names.filter((name) => name !== '').map((name) => typeNamed(store, name, version));
}

function typeNamed(store: Store, name: string, version: number): SObjectType {
  const type = store.model.type(name);
  if (!type) throw absentObject(name);
  if (type.definition.since > version) throw notFound();
  return type;
}

function addressOf(store: Store, request: OrgRequest): { type: SObjectType; id: string } {
  const type = typeOfPath(store, request);
  const id = request.params['id'] ?? '';
  if (!isId(id)) throw notFound(`Provided external ID field does not exist or is not accessible: ${id}`);
  return { type, id };
}
