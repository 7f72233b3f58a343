import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import type { Store } from '../../store/store.js';
import { requireWithinLimits } from './graphLimits.js';
import { readGraphs } from './graphRequest.js';
import type { Graph } from './graphRequest.js';
import { notWithin, resourceOf } from './compositeResource.js';
import { errorResult } from './subrequest.js';
import type { Subrequest, SubrequestResult } from './subrequest.js';
import { errorOf, runTogether } from './subrequests.js';

/** "If the number of graph failures exceeds the maximum limit of 14, processing is halted" (guide, REST API). */
const mostFailures = 14;

interface GraphResult {
  readonly graphId: string;
  readonly graphResponse: { readonly compositeResponse: readonly SubrequestResult[] };
  readonly isSuccessful: boolean;
}

/**
 * Several series of record requests in one call. Each series succeeds or fails as a whole, independently of the others.
 */
export function graphEndpoints({ store }: Org): Endpoint[] {
  return [
    {
      method: 'POST',
      path: '/services/data/:version/composite/graph',
      since: 50,
      handle: (request) => runGraphs(store, request),
    },
  ];
}

function runGraphs(store: Store, request: OrgRequest): OrgResponse {
  const graphs = readGraphs(request);
  requireWithinLimits(graphs);
  let failures = 0;
  const results = graphs.map((graph) => {
    const result = failures > mostFailures ? halted(graph) : runGraph(store, request, graph);
    if (!result.isSuccessful) failures += 1;
    return result;
  });
  return ok({ graphs: results });
}

function runGraph(store: Store, request: OrgRequest, { graphId, subrequests }: Graph): GraphResult {
  const { results, isSuccessful } = runTogether(store, { request, subrequests, allow });
  return { graphId, graphResponse: { compositeResponse: results }, isSuccessful };
}

function halted({ graphId, subrequests }: Graph): GraphResult {
  const error = errorOf('PROCESSING_HALTED', `Processing was halted: more than ${mostFailures} graphs have failed.`);
  const compositeResponse = subrequests.map(({ referenceId }) => errorResult(referenceId, error));
  return { graphId, graphResponse: { compositeResponse }, isSuccessful: false };
}

/** Allows only requests for a record: `sobjects/X`, `sobjects/X/id`, `sobjects/X/key/value`. */
function allow({ url }: Subrequest): void {
  const { path } = resourceOf(url);
  const isRow = /^sobjects\/\w+(?:\/[^/]+){0,2}$/.test(path) && !/\/describe$/.test(path);
  if (!isRow) throw notWithin('graph', url);
}
