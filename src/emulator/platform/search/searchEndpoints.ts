import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import type { Store } from '../../store/store.js';
import { columnFields } from '../layouts/shownFields.js';
import { typesOfQuery } from '../records/rowEndpoints.js';
import { parseSosl } from './parseSosl.js';
import { searchOfBody, searchOfQuery } from './parameterizedSearch.js';
import { runSearch, searchedTypes } from './runSearch.js';
import { malformedSearch } from './searchErrors.js';

const root = '/services/data/:version';

/** Searches for words: SOSL, the same as parameters, and how results are ordered and shown. */
export function searchEndpoints({ store }: Org): Endpoint[] {
  const parameterized = `${root}/parameterizedSearch`;
  return [
    {
      method: 'GET',
      path: `${root}/search`,
      handle: (request) => runSearch(store, parseSosl(request.query.get('q') ?? ''), request),
    },
    {
      method: 'GET',
      path: parameterized,
      since: 36,
      handle: (request) => runSearch(store, searchOfQuery(request), request),
    },
    {
      method: 'POST',
      path: parameterized,
      since: 36,
      handle: (request) => runSearch(store, searchOfBody(request), request),
    },
    { method: 'GET', path: `${root}/search/scopeOrder`, handle: (request) => ok(scopeOrder(store, request)) },
    { method: 'GET', path: `${root}/search/layout`, handle: (request) => ok(resultLayouts(store, request)) },
  ];
}

/** An org sorts the objects by how often the user opens their records. Here it is the order of the names. */
function scopeOrder({ model }: Store, { version }: OrgRequest): Record<string, string>[] {
  return searchedTypes(model.types, version).map(({ name }) => ({
    type: name,
    url: `/services/data/v${version}.0/sobjects/${name}/describe`,
  }));
}

/** @throws {OrgRefusal} 400 when no objects are named; 404 or 501 when one does not exist */
function resultLayouts(store: Store, request: OrgRequest): Record<string, unknown>[] {
  const types = typesOfQuery(store, request);
  if (types.length === 0) throw malformedSearch('The q parameter, a list of objects, is missing');
  return types.map((type) => {
    const searchColumns = columnFields(type, request.version).map((field) => {
      return { field: `${type.name}.${field.name}`, format: null, label: field.label, name: field.name };
    });
    return { label: 'Search Results', limitRows: 25, searchColumns };
  });
}
