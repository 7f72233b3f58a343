import { OrgRefusal } from '../../orgRefusal.js';
import type { Graph } from './graphRequest.js';
import { referredTo } from './partReferences.js';
import type { Subrequest } from './subrequest.js';

/** Guide, REST API, "Composite Graph Limits". The error code and texts are not published. */
const mostGraphs = 75;
const mostNodes = 500;
const mostKinds = 15;
const mostDepth = 15;

/** @throws {OrgRefusal} 400 LIMIT_EXCEEDED when the graphs exceed a limit */
export function requireWithinLimits(graphs: readonly Graph[]): void {
  const nodes = graphs.flatMap(({ subrequests }) => subrequests);
  requireAtMost(mostGraphs, graphs.length, 'graphs');
  requireAtMost(mostNodes, nodes.length, 'nodes');
  requireAtMost(mostKinds, new Set(nodes.map(kindOf)).size, 'different nodes');
  for (const { subrequests } of graphs) requireAtMost(mostDepth, depthOf(subrequests), 'nodes in depth');
}

function requireAtMost(most: number, count: number, what: string): void {
  if (count > most) throw new OrgRefusal(400, 'LIMIT_EXCEEDED', `The request can’t contain more than ${most} ${what}.`);
}

/** Two nodes are of the same kind if they have the same API version, HTTP method and object. */
function kindOf({ method, url }: Subrequest): string {
  const [, resource = url] = /\/data\/(v[\d.]+\/+sobjects\/+[^/?]+)/i.exec(url) ?? [];
  return `${method} ${resource.toLowerCase()}`;
}

/** Returns the number of nodes in the longest chain of references. */
function depthOf(subrequests: readonly Subrequest[]): number {
  const depths = new Map<string, number>();
  for (const { referenceId, url, body } of subrequests) {
    const parents = [...referredTo(url), ...referredTo(body)].map((name) => depths.get(name) ?? 0);
    depths.set(referenceId, 1 + Math.max(0, ...parents));
  }
  return Math.max(0, ...depths.values());
}
