import { isJsonObject } from '../../../base/jsonObject.js';
import type { OrgRefusal } from '../../orgRefusal.js';
import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import type { Store } from '../../store/store.js';
import { unexpected } from './collectionRequest.js';
import { isCollection, isQuery, notWithin, resourceOf } from './compositeResource.js';
import { errorResult, readSubrequests } from './subrequest.js';
import type { Subrequest } from './subrequest.js';
import { errorOf, runEach, runTogether } from './subrequests.js';
import type { Series } from './subrequests.js';

const path = '/services/data/:version/composite';
const mostSubrequests = 25;
/** Maximum number of queries and collections among the subrequests. */
const mostQueries = 5;

/**
 * A series of requests in one call. Later requests can refer to the answers of earlier ones. The answer is always 200,
 * even if subrequests fail.
 *
 * `collateSubrequests` has no effect. It would allow independent subrequests to be reordered, but they are not.
 */
export function compositeRequestEndpoints({ store }: Org): Endpoint[] {
  return [
    { method: 'GET', path, since: 38, handle: (request) => ok(resources(request)) },
    { method: 'POST', path, since: 38, handle: (request) => composite(store, request) },
  ];
}

function resources({ version }: OrgRequest): Record<string, string> {
  const names = ['tree', 'batch', 'sobjects', 'graph'];
  return Object.fromEntries(names.map((name) => [name, `/services/data/v${version}.0/composite/${name}`]));
}

function composite(store: Store, request: OrgRequest): OrgResponse {
  const { allOrNone = false, compositeRequest } = request.body.object();
  if (typeof allOrNone !== 'boolean') throw unexpected('allOrNone');
  const subrequests = readSubrequests(compositeRequest, request.version);
  const excess = excessOf(subrequests);
  if (excess) return ok({ compositeResponse: [errorResult(null, excess)] });
  const series: Series = { request, subrequests, allow };
  if (!allOrNone) return ok({ compositeResponse: runEach(series) });
  const together = { ...series, subrequests: subrequests.map(allOfCollection) };
  return ok({ compositeResponse: runTogether(store, together).results });
}

/** Clients have reported the first text. The second imitates it. */
function excessOf(subrequests: readonly Subrequest[]): OrgRefusal | undefined {
  if (subrequests.length > mostSubrequests) {
    return errorOf('LIMIT_EXCEEDED', `The request can’t contain more than ${mostSubrequests} operations.`);
  }
  const queries = subrequests.filter(({ url }) => isQuery(url) || isCollection(url));
  if (queries.length <= mostQueries) return undefined;
  const message = `The request can’t contain more than ${mostQueries} query or sObject Collections operations.`;
  return errorOf('LIMIT_EXCEEDED', message);
}

/** Refuses nested composite requests, and jobs, because they run longer than the request. */
function allow({ url }: Subrequest): void {
  const resource = resourceOf(url).path;
  const isNested = /^composite(?:\/|$)/.test(resource) && !isCollection(url);
  if (isNested || resource.startsWith('jobs/')) throw notWithin('composite', url);
}

/** If the composite request has `allOrNone`, all collections in it have it too. */
function allOfCollection(subrequest: Subrequest): Subrequest {
  const { url, body, method } = subrequest;
  if (method === 'GET' || !isCollection(url)) return subrequest;
  if (method !== 'DELETE')
    return isJsonObject(body) ? { ...subrequest, body: { ...body, allOrNone: true } } : subrequest;
  const [address = '', ...query] = url.split('?');
  return { ...subrequest, url: `${address}?allOrNone=true&${query.join('?')}` };
}
