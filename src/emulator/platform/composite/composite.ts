import type { ApiError } from '../../apiError.js';
import { type Endpoint, ok, type OrgRequest, type OrgResponse } from '../../http/endpoint.js';
import type { Org } from '../../org.js';
import type { Store } from '../../store/store.js';
import { isObject, unexpected } from './collectionRequest.js';
import { isCollection, isQuery, notWithin, resourceOf } from './resource.js';
import { errorResult, readSubrequests, type Subrequest } from './subrequest.js';
import { errorOf, runEach, runTogether, type Series } from './subrequests.js';

const path = '/services/data/:version/composite';
const mostSubrequests = 25;
/** Of which so many may be queries or collections. */
const mostQueries = 5;

/**
 * A series of requests by one call, in which later ones refer to the answers of earlier ones. The answer is 200
 * whatever became of them.
 *
 * `collateSubrequests` has no effect: subrequests that do not depend on each other could be reordered, and are not.
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

/** Text as clients have reported it for the first; the second is in its style. */
function excessOf(subrequests: readonly Subrequest[]): ApiError | undefined {
  if (subrequests.length > mostSubrequests) {
    return errorOf('LIMIT_EXCEEDED', `The request can’t contain more than ${mostSubrequests} operations.`);
  }
  const queries = subrequests.filter(({ url }) => isQuery(url) || isCollection(url));
  if (queries.length <= mostQueries) return undefined;
  const message = `The request can’t contain more than ${mostQueries} query or sObject Collections operations.`;
  return errorOf('LIMIT_EXCEEDED', message);
}

/** No requests within requests within requests, and no jobs, which end later than the answer. */
function allow({ url }: Subrequest): void {
  const resource = resourceOf(url).path;
  const isNested = /^composite(?:\/|$)/.test(resource) && !isCollection(url);
  if (isNested || resource.startsWith('jobs/')) throw notWithin('composite', url);
}

/** With `allOrNone` outside, that of a collection does not matter. */
function allOfCollection(subrequest: Subrequest): Subrequest {
  const { url, body, method } = subrequest;
  if (method === 'GET' || !isCollection(url)) return subrequest;
  if (method !== 'DELETE') return isObject(body) ? { ...subrequest, body: { ...body, allOrNone: true } } : subrequest;
  const [address = '', ...query] = url.split('?');
  return { ...subrequest, url: `${address}?allOrNone=true&${query.join('?')}` };
}
