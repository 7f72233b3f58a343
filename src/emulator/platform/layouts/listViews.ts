import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { notFound } from '../../orgRefusal.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import { layoutable } from './pageLayouts.js';
import { isMadeId, madeIdOf } from './madeIds.js';
import { listViewColumns, listViewQuery } from './listViewColumns.js';
import { listViewResults } from './listViewResults.js';

const path = '/services/data/:version/sobjects/:object/listviews';

/** List views. Nobody creates any here, so each object that can be created has one, with all of its records. */
export function listViewEndpoints({ store }: Org): Endpoint[] {
  return [
    { method: 'GET', path, since: 32, handle: (request) => ok(listViews(store, request)) },
    // The views that the user opened last: there is only one.
    { method: 'GET', path: `${path}/recent`, since: 32, handle: (request) => ok(listViews(store, request)) },
    {
      method: 'GET',
      path: `${path}/:view`,
      since: 32,
      handle: (request) => ok(summary(viewed(store, request), request)),
    },
    {
      method: 'GET',
      path: `${path}/:view/describe`,
      since: 32,
      handle: (request) => ok(describe(viewed(store, request), request.version)),
    },
    {
      method: 'GET',
      path: `${path}/:view/results`,
      since: 32,
      handle: (request) => {
        const type = viewed(store, request);
        return listViewResults(type, { ...listViewName(type), id: madeIdOf('listView', type) }, request);
      },
    },
  ];
}

function listViews(store: Store, request: OrgRequest): Record<string, unknown> {
  const type = layoutable(store, request);
  return { done: true, listviews: [summary(type, request)], nextRecordsUrl: null, size: 1, sobjectType: type.name };
}

/** @throws {OrgRefusal} 404 NOT_FOUND when the object has no such view */
function viewed(store: Store, request: OrgRequest): SObjectType {
  const type = layoutable(store, request);
  if (!isMadeId('listView', type, request.params['view'] ?? '')) throw notFound();
  return type;
}

function summary(type: SObjectType, { version }: OrgRequest): Record<string, unknown> {
  const id = madeIdOf('listView', type);
  const url = `/services/data/v${version}.0/sobjects/${type.name}/listviews/${id}`;
  return {
    describeUrl: `${url}/describe`,
    ...listViewName(type),
    id,
    resultsUrl: `${url}/results`,
    soqlCompatible: true,
    url,
  };
}

/** The name and the label of the view: `AllAccounts`, "All Accounts". */
export function listViewName({ definition: { labelPlural } }: SObjectType): { developerName: string; label: string } {
  return { developerName: `All${labelPlural.replace(/\W/g, '')}`, label: `All ${labelPlural}` };
}

function describe(type: SObjectType, version: number): Record<string, unknown> {
  const columns = listViewColumns(type, version);
  return {
    columns,
    id: madeIdOf('listView', type).slice(0, 15),
    orderBy: columns
      .filter(({ fieldNameOrPath, sortIndex }) => sortIndex === 0 || fieldNameOrPath === 'Id')
      .map(({ fieldNameOrPath }) => ({ fieldNameOrPath, nullsPosition: 'first', sortDirection: 'ascending' })),
    query: listViewQuery(type, version),
    scope: null,
    sobjectType: type.name,
    whereCondition: null,
  };
}
