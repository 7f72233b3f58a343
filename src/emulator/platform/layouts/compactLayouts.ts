import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { notFound, refused } from '../../orgRefusal.js';
import { to18 } from '../../store/ids/recordIds.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import { typeOfPath, typesOfQuery } from '../records/rowEndpoints.js';
import { compactItem } from './layoutItems.js';
import { masterRecordType } from './madeIds.js';
import { columnFields } from './shownFields.js';

const root = '/services/data/:version';
const path = `${root}/sobjects/:object/describe/compactLayouts`;
const mostObjects = 100;

/** Compact layouts: the few fields by which people recognize a record. Each object has the system's default. */
export function compactLayoutEndpoints({ store }: Org): Endpoint[] {
  return [
    { method: 'GET', path, handle: (request) => ok(layoutsOf(typeOfPath(store, request), request)) },
    { method: 'GET', path: `${path}/:recordType`, handle: (request) => ok(layoutOfType(store, request)) },
    {
      method: 'GET',
      path: `${root}/compactLayouts`,
      since: 31,
      handle: (request) => ok(layoutsOfObjects(store, request)),
    },
  ];
}

function layoutsOf(type: SObjectType, { version }: OrgRequest): Record<string, unknown> {
  const url = `/services/data/v${version}.0/sobjects/${type.name}/describe/compactLayouts`;
  return {
    compactLayouts: [compactLayout(type, version)],
    // The default that the system makes has no id.
    defaultCompactLayoutId: null,
    recordTypeCompactLayoutMappings: [
      {
        ...{ available: true, compactLayoutId: null, compactLayoutName: 'SYSTEM' },
        ...{ recordTypeId: masterRecordType, recordTypeName: 'Master' },
        urls: { compactLayout: `${url}/${masterRecordType}` },
      },
    ],
    urls: { primary: `${url}/primary` },
  };
}

function layoutOfType(store: Store, request: OrgRequest): Record<string, unknown> {
  const type = typeOfPath(store, request);
  const recordType = request.params['recordType'] ?? '';
  if (recordType !== 'primary' && to18(recordType) !== masterRecordType) throw notFound();
  return compactLayout(type, request.version);
}

/** @throws {OrgRefusal} 400 when no objects are named, or too many; 404 or 501 when one does not exist */
function layoutsOfObjects(store: Store, request: OrgRequest): Record<string, unknown> {
  const types = typesOfQuery(store, request);
  if (types.length === 0) throw refused('MISSING_ARGUMENT', 'The q parameter, a list of objects, is missing');
  if (types.length > mostObjects)
    throw refused('INVALID_SEARCH', `More than ${mostObjects} objects in the q parameter`);
  return Object.fromEntries(types.map((type) => [type.name, compactLayout(type, request.version)]));
}

function compactLayout(type: SObjectType, version: number): Record<string, unknown> {
  return {
    actions: [],
    fieldItems: columnFields(type, version).map((field, index) => compactItem(field, type, index + 1)),
    ...{ id: null, imageItems: [], label: 'System Default', name: 'SYSTEM', objectType: type.name },
  };
}
